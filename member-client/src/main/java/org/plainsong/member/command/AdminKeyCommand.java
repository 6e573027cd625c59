package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.member.founding.AdminKeyFile;
import org.plainsong.member.vault.KeyCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plainsong group admin-key}. */
@Command(
        name = "admin-key",
        description = "Make the key of an admin, in a file encrypted with a passphrase, and print its public half.",
        footer = {"", "Example:  plainsong group admin-key admin.key"})
final class AdminKeyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The new file.")
    private Path file = Path.of("");

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        byte[] secret = passphrase.readNew("New passphrase");
        Randomness randomness = ProfileOptions.randomness();
        try (Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(randomness.bytes(Ed25519.SEED_SIZE))) {
            byte[] bytes = AdminKeyFile.encode(key, secret, KeyCost.standard(), randomness);
            Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(file, bytes);
            output.report().line(key.publicKey().hex());
            output.report().result(Map.of("key", key.publicKey().hex()));
            return 0;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
