package org.plainsong.core.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.epoch.SetupBundle;
import org.plainsong.core.group.Founding;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/** The fold over a transcript, on the sample that docs/vectors/transcript holds: what is correct is accepted, and whatever is changed is noticed. */
class ChainTest {
    private static final SampleTranscript SAMPLE = SampleTranscript.small();
    private static final Map<String, ByteString> FILES = SAMPLE.files("north");
    private static final List<Chain> CHAINS = chains();

    /** The chain before each entry. */
    private static List<Chain> chains() {
        List<Chain> chains = new ArrayList<>();
        Chain chain = Chain.start();
        for (int i = 0; i < SAMPLE.chain().size(); i++) {
            chains.add(chain);
            chain = chain.apply(entry(i), Founding.CHECK).extended().orElseThrow();
        }
        chains.add(chain);
        return chains;
    }

    private static ByteString file(String path) {
        ByteString file = FILES.get(path);
        if (file == null) {
            throw new IllegalStateException("the sample has no " + path);
        }
        return file;
    }

    private static Entry entry(int index) {
        try {
            return EntryCodec.decode(file(TranscriptFiles.entry(index)));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void acceptsAWholeTranscriptAndKnowsWhereItStands() {
        Chain chain = CHAINS.getLast();
        EpochView epoch = chain.epoch().orElseThrow();
        assertThat(chain.size()).isEqualTo(26);
        assertThat(chain.log().root()).isEqualTo(SAMPLE.chain().log().root());
        assertThat(epoch.opened().number()).isEqualTo(2);
        assertThat(epoch.next().round()).isEqualTo(9);
        assertThat(epoch.ended()).isFalse();
        assertThat(epoch.opened().enrolled()).hasSize(5);
        assertThat(epoch.opened().slots()).hasSize(10);
        assertThat(epoch.prev()).isEqualTo(chain.prev());
        assertThat(epoch.opened().indexOf(epoch.opened().enrolled().get(3))).contains(3);
    }

    @Test
    void theSampleForAuditorsIsWhatTheCodeWrites() throws IOException {
        Path directory = Path.of("..", "docs", "vectors", "transcript");
        try (Stream<Path> found = Files.walk(directory)) {
            List<String> names = found.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            assertThat(names).containsExactlyElementsOf(FILES.keySet());
            for (String name : names) {
                assertThat(ByteString.wrap(Files.readAllBytes(directory.resolve(name))))
                        .as(name)
                        .isEqualTo(file(name));
            }
        }
    }

    @Test
    void aLateConfirmationCountsFromItsRecordOn() {
        EpochView first = CHAINS.get(3).epoch().orElseThrow();
        EpochView later = CHAINS.get(6).epoch().orElseThrow();
        assertThat(BitSets.count(first.confirmed())).isEqualTo(4);
        assertThat(BitSets.count(later.confirmed())).isEqualTo(5);
        assertThat(BitSets.count(later.expected())).isEqualTo(5);
    }

    @Test
    void everyByteOfAnEntryMattersToTheChain() {
        SplittableRandom random = new SplittableRandom(26);
        for (int i = 0; i < SAMPLE.chain().size(); i++) {
            byte[] bytes = file(TranscriptFiles.entry(i)).toByteArray();
            int unchecked = entry(i).kind() == Entry.OPENING_RECORD ? bytes.length - 32 : bytes.length;
            for (int at = 0; at < unchecked; at += 1 + random.nextInt(8)) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                assertThat(accepts(CHAINS.get(i), ByteString.wrap(flipped)))
                        .as("entry %d byte %d", i, at)
                        .isFalse();
            }
        }
    }

    private static boolean accepts(Chain chain, ByteString bytes) {
        try {
            return chain.apply(EntryCodec.decode(bytes), Founding.CHECK)
                    .extended()
                    .isPresent();
        } catch (FormatException e) {
            return false;
        }
    }

    @Test
    void noEntryStandsAnywhereButInItsPlace() {
        for (int i = 0; i < SAMPLE.chain().size(); i++) {
            if (entry(i).kind() == Entry.ROSTER || entry(i).kind() == Entry.OPENING_RECORD) {
                // The roster log has an order of its own, and on which roster an epoch rests is in its setup (T60).
                continue;
            }
            for (int j = 0; j <= SAMPLE.chain().size(); j++) {
                Entry moved = new Entry(j, entry(i).kind(), entry(i).envelopes(), entry(i).body());
                Applied applied = CHAINS.get(j).apply(moved, Founding.CHECK);
                assertThat(applied.extended().isPresent())
                        .as("entry %d in place of %d", i, j)
                        .isEqualTo(i == j);
            }
        }
    }

    @Test
    void refusesARecordThatLacksAServersSignature() {
        Entry good = entry(4);
        Entry bad = with(good, signedBy(decode(good, Record.class).message(), List.of("north", "east")));
        assertThat(finding(4, bad).check()).isEqualTo(Check.T21_SIGNATURES);
        Entry foreign =
                with(good, signedBy(decode(good, Record.class).message(), List.of("north", "east", "west", "ada")));
        assertThat(finding(4, foreign).check()).isEqualTo(Check.T21_SIGNATURES);
    }

    @Test
    void namesTheRuleThatARecordSignedByAllBreaks() {
        Record good = decode(entry(4), Record.class).message();
        int members = good.participants().size();
        assertRule(Check.T41_FLOOR, with(good, ByteString.wrap(new byte[members]), good.expectedNext()));
        ByteString tooFar = ByteString.wrap(new byte[] {4, 1, 1, 1, 1});
        assertRule(Check.T40_PARTICIPANTS, with(good, tooFar, good.expectedNext()), Check.T2_ENCODING);
        assertRule(
                Check.T40_PARTICIPANTS,
                with(good, good.participants().slice(0, 4), good.expectedNext()),
                Check.T2_ENCODING);
        assertRule(Check.T42_EXPECTED, with(good, good.participants(), BitSets.none(members)));
        assertRule(Check.T42_EXPECTED, with(good, good.participants(), BitSets.of(members, i -> true)));
        assertRule(Check.T43_LATE, late(good, List.of(0)));
        assertRule(Check.T23_TIME, at(good, CHAINS.get(4).timeMillis()));
        assertRule(Check.T2_ENCODING, late(good, List.of(members)), Check.T43_LATE);
    }

    private void assertRule(Check check, Record record, Check... alternatives) {
        Entry entry = with(entry(4), signedBy(record, SampleTranscript.SERVERS));
        Check found = finding(4, entry).check();
        List<Check> allowed = new ArrayList<>(List.of(alternatives));
        allowed.add(check);
        assertThat(found).isIn(allowed);
    }

    @Test
    void afterAnEpochsLastRecordOnlyTheNextEpochFollows() {
        int lastRecord = 15;
        assertThat(CHAINS.get(lastRecord + 1).epoch().orElseThrow().ended()).isTrue();
        Record record = decode(entry(lastRecord), Record.class).message();
        Record next = new Record(
                record.at().nextRound(),
                CHAINS.get(lastRecord + 1).prev(),
                record.inventories(),
                record.participants(),
                record.expectedNext(),
                List.of(),
                record.headerRoot(),
                record.commitments(),
                record.nonces(),
                record.shareRoots(),
                record.outputRoot(),
                record.timeMillis() + 1000,
                true,
                List.of(),
                List.of());
        Entry entry = new Entry(
                lastRecord + 1,
                Entry.RECORD,
                List.of(signedBy(next, SampleTranscript.SERVERS)),
                entry(lastRecord).body());
        assertThat(finding(lastRecord + 1, entry).check()).isEqualTo(Check.T24_LAST);
    }

    @Test
    void aFailedAttemptChangesTheExpectedOnlyIfAllServersSaySoAndNobodyRevealed() {
        int failedAt = 7;
        assertThat(entry(failedAt).kind()).isEqualTo(Entry.FAILED_RECORD);
        EpochView before = CHAINS.get(failedAt).epoch().orElseThrow();
        ByteString fewer = BitSets.of(before.enrolledCount(), i -> i < 4);
        for (boolean revealed : List.of(false, true)) {
            List<ByteString> statements = new ArrayList<>();
            for (int j = 1; j <= 3; j++) {
                Failed failed = new Failed(
                        before.next(),
                        before.prev(),
                        j,
                        Founding.bytes("inventories"),
                        ByteString.wrap(new byte[] {1, 2, 3, 1, 0}),
                        fewer,
                        revealed && j == 2);
                statements.add(signedBy(failed, List.of(SampleTranscript.SERVERS.get(j - 1))));
            }
            Entry entry = new Entry(failedAt, Entry.FAILED_RECORD, statements, ByteString.EMPTY);
            EpochView after = CHAINS.get(failedAt)
                    .apply(entry, Founding.CHECK)
                    .extended()
                    .flatMap(Chain::epoch)
                    .orElseThrow();
            assertThat(after.expected()).isEqualTo(revealed ? before.expected() : fewer);
            assertThat(after.next()).isEqualTo(before.next().nextAttempt());
        }
        Entry good = entry(failedAt);
        Entry two = new Entry(failedAt, good.kind(), good.envelopes().subList(0, 2), good.body());
        assertThat(finding(failedAt, two).check()).isEqualTo(Check.T46_FAILED);
        List<ByteString> swapped = List.of(
                good.envelopes().get(1),
                good.envelopes().get(0),
                good.envelopes().get(2));
        assertThat(finding(failedAt, new Entry(failedAt, good.kind(), swapped, good.body()))
                        .check())
                .isEqualTo(Check.T46_FAILED);
    }

    @Test
    void everyChangeOfASetupBundleIsNoticed() throws FormatException {
        int openedAt = 2;
        ByteString blob = file(TranscriptFiles.blob(entry(openedAt).body()));
        OpenedEpoch opened = CHAINS.get(openedAt + 1).epoch().orElseThrow().opened();
        SetupBundle good = SetupBundleCodec.decode(blob);
        assertThat(SetupBundleCodec.encode(good)).isEqualTo(blob);
        assertThat(SetupChecks.finding(good, CHAINS.get(openedAt), opened, Founding.CHECK))
                .isEmpty();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 150; i++) {
            byte[] flipped = blob.toByteArray();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(holds(ByteString.wrap(flipped), CHAINS.get(openedAt), opened))
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    private static boolean holds(ByteString blob, Chain before, OpenedEpoch opened) {
        try {
            return SetupChecks.finding(SetupBundleCodec.decode(blob), before, opened, Founding.CHECK)
                    .isEmpty();
        } catch (FormatException e) {
            return false;
        }
    }

    private static <M extends Message> Signed<M> decode(Entry entry, Class<M> type) {
        try {
            return Envelopes.decode(entry.envelopes().getFirst(), type);
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteString signedBy(Message message, List<String> names) {
        return Envelopes.encode(Founding.signed(message, names));
    }

    private static Entry with(Entry entry, ByteString envelope) {
        return new Entry(entry.index(), entry.kind(), List.of(envelope), entry.body());
    }

    private static Finding finding(int index, Entry entry) {
        return CHAINS.get(index).apply(entry, Founding.CHECK).rejected().orElseThrow();
    }

    private static Record with(Record r, ByteString participants, ByteString expectedNext) {
        return copy(r, participants, expectedNext, r.confirmed(), r.timeMillis());
    }

    private static Record late(Record r, List<Integer> late) {
        return copy(r, r.participants(), r.expectedNext(), late, r.timeMillis());
    }

    private static Record at(Record r, long timeMillis) {
        return copy(r, r.participants(), r.expectedNext(), r.confirmed(), timeMillis);
    }

    private static Record copy(
            Record r, ByteString participants, ByteString expectedNext, List<Integer> late, long timeMillis) {
        return new Record(
                r.at(),
                r.prev(),
                r.inventories(),
                participants,
                expectedNext,
                late,
                r.headerRoot(),
                r.commitments(),
                r.nonces(),
                r.shareRoots(),
                r.outputRoot(),
                timeMillis,
                r.last(),
                r.entered(),
                r.verdicts());
    }
}
