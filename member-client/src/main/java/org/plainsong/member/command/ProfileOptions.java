package org.plainsong.member.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.vault.DiskFiles;
import org.plainsong.member.vault.Vault;
import org.plainsong.member.vault.VaultException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which profile and group a command is about. */
public final class ProfileOptions {
    @Option(
            names = "--profile",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.plainsong/member",
            description = "Directory of the profile (default: ~/.plainsong/member).")
    private Path directory = Path.of(".");

    @Option(
            names = "--group",
            paramLabel = "ID",
            description = "The group, by the beginning of its id; not needed with one group.")
    private @Nullable String group;

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    Path directory() {
        return directory;
    }

    PassphraseOptions passphrase() {
        return passphrase;
    }

    /** The system's generator. */
    static Randomness randomness() {
        return new SystemRandomness();
    }

    /** Opens the profile for this process alone. */
    MemberProfile open() {
        return withPassphrase(this::open);
    }

    MemberProfile open(byte[] secret) {
        return attempt(() -> MemberProfile.open(directory, secret, randomness()));
    }

    /** Reads the profile without locking it. */
    Vault.Look look() {
        return withPassphrase(this::look);
    }

    Vault.Look look(byte[] secret) {
        return attempt(() -> Vault.look(new DiskFiles(directory), secret));
    }

    /** The group that is meant, among these. */
    GroupId choose(List<GroupId> groups) {
        String prefix = Optional.ofNullable(group).orElse("");
        List<GroupId> fitting =
                groups.stream().filter(g -> g.value().hex().startsWith(prefix)).toList();
        if (groups.isEmpty()) {
            throw CommandFailure.failed("this profile is in no group yet", "Add one: plainsong member join GROUP-FILE");
        }
        if (fitting.size() != 1) {
            String all =
                    String.join(", ", groups.stream().map(GroupId::toString).toList());
            throw CommandFailure.usage(
                    fitting.isEmpty() ? "no group begins like that" : "several groups fit",
                    "Give --group with one of: " + all);
        }
        return fitting.get(0);
    }

    private <T> T withPassphrase(Function<byte[], T> use) {
        byte[] secret = passphrase.read("Passphrase");
        try {
            return use.apply(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Something that a vault may refuse. */
    interface VaultAction<T> {
        T run() throws VaultException;
    }

    static <T> T attempt(VaultAction<T> action) {
        try {
            return action.run();
        } catch (VaultException e) {
            throw failure(e);
        }
    }

    /** What a vault refused, as a command's failure. */
    static CommandFailure failure(VaultException e) {
        int code = e.reason() == VaultException.Reason.IN_USE ? ExitCode.REFUSED : ExitCode.FAILED;
        return new CommandFailure(code, String.valueOf(e.getMessage()), e.next(), e);
    }

    /** A content id as people give it. */
    static ContentId contentId(String text) {
        try {
            return new ContentId(ByteString.fromHex(text));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "not an id of a post: " + text,
                    "An id has 32 hexadecimal digits; plainsong member read shows them.");
        }
    }
}
