package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.founding.AdminKeyFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The key that an admin signs with. */
public final class AdminOptions {
    @Option(names = "--admin-key", paramLabel = "FILE", required = true, description = "The admin's key file.")
    private @Nullable Path file;

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    /** The key, opened; the caller closes it. */
    Ed25519.SigningKey open() throws IOException {
        if (file == null) {
            throw new IllegalStateException("a required option is missing");
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] secret = passphrase.read("Passphrase of the admin's key");
        try {
            return AdminKeyFile.open(bytes, secret)
                    .orElseThrow(() -> CommandFailure.failed(
                            "the passphrase is not that of this key", "Try again; nobody can reset it."));
        } catch (FormatException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()), "Take another copy of the file.", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
