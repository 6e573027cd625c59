package org.plainsong.member.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.Kept;
import org.plainsong.member.engine.NameChoice;
import org.plainsong.member.engine.VaultRecord;
import org.plainsong.member.vault.VaultException.Reason;

final class VaultTest {
    private static final byte[] PASSPHRASE = "river candle orbit mint".getBytes(StandardCharsets.UTF_8);
    private static final GroupId GROUP = new GroupId(ByteString.wrap(new byte[32]));

    private final Randomness randomness = Randomness.seeded(new byte[] {1});
    private final MortalFiles files = new MortalFiles(1);

    @Test
    void givesBackWhatWasAppended() throws VaultException {
        List<ProfileRecord> all = everyKind();
        try (Vault vault = create(files)) {
            vault.append(all.subList(0, 3));
            vault.append(all.subList(3, all.size()));
        }
        try (Vault vault = open(files)) {
            assertThat(shown(vault)).isEqualTo(shown(all));
            assertThat(vault.profile().kept(GROUP).lastEpoch()).isEqualTo(7);
            assertThat(vault.profile().kept(GROUP).progress()).isEqualTo(99);
            vault.compact();
            vault.append(List.of(new ProfileRecord.OfGroup(GROUP, new VaultRecord.Progress(100))));
        }
        try (Vault vault = open(files)) {
            assertThat(vault.profile().kept(GROUP).progress()).isEqualTo(100);
            assertThat(vault.profile().kept(GROUP).outgoing()).hasSize(3);
            assertThat(vault.profile().kept(GROUP).received()).hasSize(1);
        }
    }

    @Test
    void losesNothingAcknowledgedWhereverItIsKilled() throws VaultException {
        for (int kill = 1; kill < 60; kill++) {
            for (int seed = 0; seed < 5; seed++) {
                MortalFiles mortal = new MortalFiles(kill * 100L + seed);
                List<Long> acknowledged = new ArrayList<>();
                create(mortal).close();
                mortal.killIn(kill);
                boolean died = workUntilKilled(mortal, acknowledged);
                mortal.restart();
                try (Vault vault = open(mortal)) {
                    List<Long> found = vault.profile().kept(GROUP).received().stream()
                            .map(VaultRecord.Received::entry)
                            .toList();
                    assertThat(found.size())
                            .as("kill %s seed %s", kill, seed)
                            .isBetween(acknowledged.size(), acknowledged.size() + (died ? 1 : 0));
                    assertThat(found.subList(0, acknowledged.size())).isEqualTo(acknowledged);
                    vault.append(List.of(received(1000)));
                }
                try (Vault vault = open(mortal)) {
                    assertThat(vault.profile().kept(GROUP).received())
                            .last()
                            .satisfies(r -> assertThat(r.entry()).isEqualTo(1000));
                }
            }
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws VaultException {
        Vault vault = create(files);
        vault.append(List.of(received(1)));
        files.failFrom(1);
        VaultException full = catchThrowableOfType(VaultException.class, () -> vault.append(List.of(received(2))));
        assertThat(full.reason()).isEqualTo(Reason.DISK);
        assertThat(full).hasMessageContaining("No space left");
        files.failFrom(Integer.MAX_VALUE);
        vault.append(List.of(received(3)));
        vault.close();
        try (Vault again = open(files)) {
            assertThat(again.profile().kept(GROUP).received())
                    .extracting(VaultRecord.Received::entry)
                    .containsExactly(1L, 3L);
        }
    }

    @Test
    void refusesAWrongPassphraseAndLeavesTheFile() throws VaultException {
        create(files).close();
        byte[] before = files.journal();
        VaultException wrong = catchThrowableOfType(
                VaultException.class, () -> Vault.open(files, "river".getBytes(StandardCharsets.UTF_8), randomness));
        assertThat(wrong.reason()).isEqualTo(Reason.WRONG_PASSPHRASE);
        assertThat(files.journal()).isEqualTo(before);
        open(files).close();
    }

    @Test
    void refusesANewerFormatAndLeavesTheFile() throws VaultException {
        create(files).close();
        byte[] newer = files.journal();
        newer[17] = 2;
        files.overwrite(newer);
        assertThat(reasonOfOpening()).isEqualTo(Reason.NEWER_FORMAT);
        assertThat(files.journal()).isEqualTo(newer);
    }

    @Test
    void refusesAnyChangedBitAndLeavesTheFile() throws VaultException {
        try (Vault vault = create(files)) {
            vault.append(List.of(received(1)));
            vault.append(List.of(received(2)));
        }
        byte[] good = files.journal();
        SplittableRandom random = new SplittableRandom(3);
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            files.overwrite(changed);
            assertThat(reasonOfOpening()).as("byte %s", at).isIn(Reason.DAMAGED, Reason.NEWER_FORMAT);
            assertThat(files.journal()).as("byte %s", at).isEqualTo(changed);
        }
    }

    @Test
    void dropsATornTailWhateverIsLeftOfIt() throws VaultException {
        try (Vault vault = create(files)) {
            vault.append(List.of(received(1)));
        }
        int whole = files.journal().length;
        try (Vault vault = open(files)) {
            vault.append(List.of(received(2)));
        }
        byte[] good = files.journal();
        for (int length = whole; length < good.length; length++) {
            files.overwrite(Arrays.copyOf(good, length));
            assertThat(entries()).as("cut to %s", length).containsExactly(1L);
            files.overwrite(Arrays.copyOf(Arrays.copyOf(good, whole), length));
            assertThat(entries()).as("zeros to %s", length).containsExactly(1L);
        }
    }

    @Test
    void letsOnlyOneProcessIn(@TempDir Path directory) throws VaultException {
        Path profile = directory.resolve("profile");
        try (Vault vault = create(new DiskFiles(profile))) {
            vault.append(List.of(received(1)));
            assertThat(catchThrowableOfType(VaultException.class, () -> open(new DiskFiles(profile)))
                            .reason())
                    .isEqualTo(Reason.IN_USE);
            Vault.Look look = Vault.look(new DiskFiles(profile), PASSPHRASE);
            assertThat(look.profile().kept(GROUP).received()).hasSize(1);
            assertThat(look.controlKey().constantTimeEquals(vault.controlKey())).isTrue();
        }
        open(new DiskFiles(profile)).close();
    }

    @Test
    void keepsItsFilesToItsOwner(@TempDir Path directory) throws Exception {
        Path profile = directory.resolve("profile");
        try (Vault vault = create(new DiskFiles(profile))) {
            vault.append(everyKind());
            vault.compact();
            vault.append(List.of(received(1)));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(profile)))
                .isEqualTo("rwx------");
        try (var list = Files.list(profile)) {
            for (Path file : list.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("secret text");
            }
        }
        try (Vault vault = open(new DiskFiles(profile))) {
            assertThat(vault.profile().kept(GROUP).outgoing()).hasSize(3);
        }
    }

    @Test
    void isMadeOnlyWhereThereIsNone() throws VaultException {
        assertThat(reasonOfOpening()).isEqualTo(Reason.MISSING);
        create(files).close();
        assertThat(catchThrowableOfType(VaultException.class, () -> create(files))
                        .reason())
                .isEqualTo(Reason.EXISTS);
        open(files).close();
    }

    /** True if it was killed on the way. */
    private boolean workUntilKilled(MortalFiles mortal, List<Long> acknowledged) throws VaultException {
        try {
            Vault vault = open(mortal);
            for (long i = 0; i < 20; i++) {
                vault.append(List.of(received(i)));
                acknowledged.add(i);
                if (i % 7 == 6) {
                    vault.compact();
                }
            }
            vault.close();
            return false;
        } catch (MortalFiles.Killed e) {
            return true;
        }
    }

    private List<Long> entries() throws VaultException {
        try (Vault vault = open(files)) {
            return vault.profile().kept(GROUP).received().stream()
                    .map(VaultRecord.Received::entry)
                    .toList();
        }
    }

    private Reason reasonOfOpening() {
        VaultException thrown = catchThrowableOfType(VaultException.class, () -> open(files));
        return thrown.reason();
    }

    private Vault create(VaultFiles where) throws VaultException {
        return Vault.create(where, PASSPHRASE, KeyCost.none(), randomness);
    }

    private Vault open(VaultFiles where) throws VaultException {
        return Vault.open(where, PASSPHRASE, randomness);
    }

    private static List<String> shown(Vault vault) {
        return shown(vault.profile().records());
    }

    /** Secrets have no equality, so the bytes are compared, in any order. */
    private static List<String> shown(List<ProfileRecord> records) {
        return records.stream()
                .map(r -> ByteString.of(ProfileCodec.encode(List.of(r))).hex())
                .filter(h -> !h.isEmpty())
                .sorted()
                .toList();
    }

    private static ProfileRecord received(long entry) {
        ByteString content = ByteString.of((byte) entry, (byte) (entry >> 8));
        return new ProfileRecord.OfGroup(
                GROUP,
                new VaultRecord.Received(
                        ContentId.of(content),
                        content,
                        ByteString.wrap(new byte[32]),
                        1,
                        2,
                        entry,
                        1_700_000_000_000L));
    }

    private List<ProfileRecord> everyKind() {
        List<ProfileRecord> all = new ArrayList<>();
        all.add(new ProfileRecord.Identity(secret(), secret()));
        all.add(new ProfileRecord.Group(GROUP, ByteString.of((byte) 1)));
        ContentId parent = ContentId.of(ByteString.of((byte) 9));
        List<Draft> drafts = List.of(
                new Draft.NewPost("main", Optional.of(parent), "secret text", new NameChoice.Auto(), true),
                new Draft.PrivateReply(parent, "secret text", new NameChoice.Fresh()),
                new Draft.Message(
                        new MemberId(ByteString.wrap(new byte[16])),
                        "secret text",
                        new NameChoice.Named("amber-kestrel")));
        for (int i = 0; i < drafts.size(); i++) {
            ByteString content = ByteString.of((byte) 3, (byte) i);
            all.add(of(new VaultRecord.Outgoing(
                    ContentId.of(content),
                    content,
                    drafts.get(i),
                    ByteString.of((byte) i),
                    i == 0 ? Optional.of(secret()) : Optional.empty())));
        }
        all.add(of(new VaultRecord.OutgoingEnded(ContentId.of(ByteString.of((byte) 3, (byte) 0)), true)));
        all.add(received(5));
        all.add(of(new VaultRecord.Enrolled(7, new EpochId(ByteString.wrap(new byte[32])), secret(), secret())));
        all.add(of(new VaultRecord.LastEpoch(7)));
        all.add(of(new VaultRecord.Progress(99)));
        return all;
    }

    @Test
    void forgetsWhatWasTakenBackOrErased() {
        Kept kept = new Kept();
        everyKind().forEach(r -> {
            if (r instanceof ProfileRecord.OfGroup about) {
                kept.apply(about.what());
            }
        });
        ContentId second = ContentId.of(ByteString.of((byte) 3, (byte) 1));
        kept.apply(new VaultRecord.OutgoingEnded(second, false));
        kept.apply(new VaultRecord.EnrolmentErased(new EpochId(ByteString.wrap(new byte[32]))));
        assertThat(kept.outgoing()).extracting(VaultRecord.Outgoing::id).doesNotContain(second);
        assertThat(kept.enrolled()).isEmpty();
        assertThat(kept.lastEpoch()).isEqualTo(7);
    }

    private static ProfileRecord of(VaultRecord what) {
        return new ProfileRecord.OfGroup(GROUP, what);
    }

    private Secret secret() {
        return Secret.wrap(randomness.bytes(32));
    }
}
