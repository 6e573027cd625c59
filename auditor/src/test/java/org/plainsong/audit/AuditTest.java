package org.plainsong.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.audit.source.MemorySource;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.commands.CommandRunner;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.SignedNote;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.FormatException;

/** The auditor on the sample under docs/vectors/transcript, as it is and with everything that can be done to its files. */
class AuditTest {
    private static final Path SAMPLE = Path.of("..", "docs", "vectors", "transcript");
    private static final Map<String, ByteString> FILES = load();
    private static final long NOW = 1_790_000_100_000L;

    private static Map<String, ByteString> load() {
        try (Stream<Path> found = Files.walk(SAMPLE)) {
            Map<String, ByteString> files = new TreeMap<>();
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                String name = SAMPLE.relativize(path).toString().replace('\\', '/');
                files.put(name, ByteString.wrap(Files.readAllBytes(path)));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteString file(String path) {
        return java.util.Objects.requireNonNull(FILES.get(path), path);
    }

    private static GroupReference group() {
        try {
            return GroupReference.ofDefinition(file(TranscriptFiles.GROUP));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @SafeVarargs
    private static AuditReport audit(Map<String, ByteString>... publications) {
        List<MemorySource> sources = new ArrayList<>();
        for (Map<String, ByteString> files : publications) {
            sources.add(new MemorySource("publication " + sources.size(), files));
        }
        try {
            return Audit.of(group(), sources, AuditSettings.at(NOW));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ByteString> with(String path, ByteString contents) {
        Map<String, ByteString> changed = new TreeMap<>(FILES);
        changed.put(path, contents);
        return changed;
    }

    private static Map<String, ByteString> without(String path) {
        Map<String, ByteString> changed = new TreeMap<>(FILES);
        changed.remove(path);
        return changed;
    }

    @Test
    void passesACorrectTranscriptAndSaysWhatItChecked() {
        AuditReport report = audit(FILES);
        assertThat(report.outcome()).isEqualTo(Outcome.PASSED);
        SourceReport source = report.sources().getFirst();
        assertThat(source.figures().rounds()).isEqualTo(20);
        assertThat(source.figures().failedAttempts()).isEqualTo(1);
        assertThat(source.figures().garbledFrames()).isEqualTo(2);
        for (CheckResult result : source.checks()) {
            if (result.check() != Check.T5_ONE_LOG) {
                assertThat(result.checked()).as(result.check().id()).isPositive();
            }
        }
    }

    @Test
    void noFlippedBitOfAnyFilePasses() {
        SplittableRandom random = new SplittableRandom(8);
        FILES.forEach((path, contents) -> {
            byte[] flipped = contents.toByteArray();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(audit(with(path, ByteString.wrap(flipped))).outcome())
                    .as("%s byte %d", path, at)
                    .isNotEqualTo(Outcome.PASSED);
        });
    }

    @Test
    void noFlippedBitOfTheCheckpointOrOfASetupsAddressPasses() {
        ByteString checkpoint = file(TranscriptFiles.CHECKPOINT);
        for (int at = 0; at < checkpoint.size(); at += 7) {
            byte[] flipped = checkpoint.toByteArray();
            flipped[at] ^= (byte) (1 << at % 8);
            assertThat(audit(with(TranscriptFiles.CHECKPOINT, ByteString.wrap(flipped)))
                            .outcome())
                    .as("byte %d", at)
                    .isEqualTo(Outcome.FAILED);
        }
        String opening = TranscriptFiles.entry(2);
        byte[] flipped = file(opening).toByteArray();
        flipped[flipped.length - 5] ^= 4;
        assertThat(audit(with(opening, ByteString.wrap(flipped))).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void noFileMayBeTruncatedDeletedAddedOrRenamed() {
        for (String path : List.of("checkpoint", "group", "entry/0", "entry/9", "entry/25", anyBlob())) {
            ByteString contents = file(path);
            assertThat(audit(with(path, contents.slice(0, contents.size() - 1))).outcome())
                    .as("truncated %s", path)
                    .isNotEqualTo(Outcome.PASSED);
            assertThat(audit(with(path, ByteString.EMPTY)).outcome())
                    .as("emptied %s", path)
                    .isNotEqualTo(Outcome.PASSED);
            assertThat(audit(without(path)).outcome()).as("deleted %s", path).isNotEqualTo(Outcome.PASSED);
            Map<String, ByteString> renamed = without(path);
            renamed.put(path + "0", contents);
            assertThat(audit(renamed).outcome()).as("renamed %s", path).isNotEqualTo(Outcome.PASSED);
        }
        for (String path :
                List.of("entry/26", "entry/07", "entry/x", "blob/" + "ab".repeat(32), "readme.txt", ".hidden")) {
            assertThat(audit(with(path, file("entry/25"))).outcome())
                    .as("added %s", path)
                    .isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void noTwoEntriesMayBeSwapped() {
        for (int i = 0; i < 25; i += 4) {
            Map<String, ByteString> swapped = new TreeMap<>(FILES);
            swapped.put(TranscriptFiles.entry(i), file(TranscriptFiles.entry(i + 1)));
            swapped.put(TranscriptFiles.entry(i + 1), file(TranscriptFiles.entry(i)));
            assertThat(audit(swapped).outcome())
                    .as("entries %d and %d", i, i + 1)
                    .isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void aMissingShareIsAGapUntilItsRetentionIsOver() {
        AuditReport report = audit(without(anyBlob()));
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(report.sources().getFirst().checks())
                .filteredOn(result -> result.check() == Check.T50_SHARES)
                .allSatisfy(result -> assertThat(result.missing()).isOne());
    }

    @Test
    void anotherGroupsTranscriptFails() throws IOException {
        GroupReference other =
                GroupReference.ofId(new org.plainsong.core.message.GroupId(Hash.sha256(ByteString.EMPTY)));
        AuditReport report = Audit.of(other, List.of(new MemorySource("here", FILES)), AuditSettings.at(NOW));
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void serversThatShowOneLogAgreeAlsoWhenOneIsBehind() {
        AuditReport same = audit(FILES, signedBy("east", 26, FILES));
        assertThat(same.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(same.oneLog().checked()).isOne();
        Map<String, ByteString> behind = new TreeMap<>(FILES);
        for (int i = 20; i < 26; i++) {
            behind.remove(TranscriptFiles.entry(i));
        }
        AuditReport report = audit(FILES, signedBy("east", 20, behind));
        assertThat(report.oneLog().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.oneLog().checked()).isOne();
    }

    @Test
    void aLivingServersEntriesBeyondItsCheckpointAreLeftAlone() throws IOException {
        Map<String, ByteString> files = new TreeMap<>(FILES);
        files.put(TranscriptFiles.CHECKPOINT, signedBy("north", 20, FILES).get(TranscriptFiles.CHECKPOINT));
        TranscriptSource unlisted = new TranscriptSource() {
            @Override
            public String where() {
                return "a server";
            }

            @Override
            public Optional<ByteString> read(String path, int mostBytes) {
                return Optional.ofNullable(files.get(path));
            }

            @Override
            public Optional<Stream<String>> names() {
                return Optional.empty();
            }
        };
        AuditReport report = Audit.of(group(), List.of(unlisted), AuditSettings.at(NOW));
        assertThat(report.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.sources().getFirst().figures().entries()).isEqualTo(20);
        assertThat(audit(files).outcome()).isEqualTo(Outcome.INCOMPLETE);
    }

    @Test
    void twoSignedHistoriesAreASplitView() {
        Map<String, ByteString> other = new TreeMap<>(FILES);
        String origin = checkpoint().origin().replace("north", "east");
        other.put(
                TranscriptFiles.CHECKPOINT,
                Checkpoint.of(origin, 26, Hash.sha256(ByteString.EMPTY))
                        .sign(signingKey("east"))
                        .encode());
        AuditReport report = audit(FILES, other);
        assertThat(report.outcome()).isEqualTo(Outcome.SPLIT_VIEW);
        assertThat(report.outcome().exitCode()).isEqualTo(4);
    }

    /** The files with a checkpoint of another server over the first entries. */
    private static Map<String, ByteString> signedBy(String server, int size, Map<String, ByteString> files) {
        Map<String, ByteString> changed = new TreeMap<>(files);
        SourceReport report = audit(
                        with(TranscriptFiles.CHECKPOINT, sized(server, size, Hash.sha256(ByteString.EMPTY))))
                .sources()
                .getFirst();
        ByteString root = java.util.Objects.requireNonNull(report.roots().get((long) size));
        changed.put(TranscriptFiles.CHECKPOINT, sized(server, size, root));
        return changed;
    }

    private static ByteString sized(String server, int size, ByteString root) {
        String origin = checkpoint().origin().replace("north", server);
        return Checkpoint.of(origin, size, root).sign(signingKey(server)).encode();
    }

    private static Checkpoint checkpoint() {
        try {
            return Checkpoint.parse(
                    SignedNote.parse(file(TranscriptFiles.CHECKPOINT)).text());
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys of the sample follow from names. */
    private static Ed25519.SigningKey signingKey(String server) {
        byte[] name = ("sign " + server).getBytes(StandardCharsets.UTF_8);
        return Ed25519.SigningKey.fromSeed(Hash.sha256(name).toByteArray());
    }

    private static String anyBlob() {
        return FILES.keySet().stream()
                .filter(path -> path.startsWith("blob/") && file(path).size() < 10_000)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCommandPrintsNumberedChecksAndEndsWithTheExitStatus(@TempDir Path directory) throws IOException {
        String group = SAMPLE.resolve("group").toString();
        Output good = run(SAMPLE.toString(), "--group", group);
        assertThat(good.status).as(good.err).isZero();
        assertThat(good.out).contains("T41 ", "ok    20", "Result: PASSED");
        Output byId = run(SAMPLE.toString(), "--group", group().id().value().hex(), "--json");
        assertThat(byId.status).isZero();
        assertThat(byId.out).contains("\"exit\" : 0", "\"id\" : \"T41\"");
        assertThat(run(SAMPLE.toString(), "--group", group, "--max-age", "1").status)
                .isEqualTo(7);
        copy(directory, with("entry/9", file("entry/8")));
        Output bad = run(directory.toString(), "--group", group);
        assertThat(bad.status).isEqualTo(3);
        assertThat(bad.out).contains("Result: FAILED").contains("entry/9");
        assertThat(run("spec").out).contains("T69");
    }

    @Test
    void badCommandLinesEndInOneSentenceAndAnAdvice(@TempDir Path directory) throws IOException {
        String group = SAMPLE.resolve("group").toString();
        Path noGroup = Files.writeString(directory.resolve("nothing"), "no definition");
        for (List<String> bad : List.<List<String>>of(
                List.of(),
                List.of(SAMPLE.toString()),
                List.of(directory.resolve("gone").toString(), "--group", group),
                List.of("http://north.example", "--group", group),
                List.of("https://north.example/%%", "--group", group),
                List.of("https://stranger.example", "--group", group),
                List.of(SAMPLE.toString(), "--group", noGroup.toString()),
                List.of(SAMPLE.toString(), "--group", "12ab"),
                List.of(SAMPLE.toString(), "--group", group, "--max-age", "old"),
                List.of("\u0000", "--group", group))) {
            Output output = run(bad.toArray(String[]::new));
            assertThat(output.status).as("%s", bad).isEqualTo(2);
            assertThat(output.err).as("%s", bad).isNotEmpty().doesNotContain("\tat ");
        }
        Output empty = run(directory.toString(), "--group", group);
        assertThat(empty.status).as(empty.out).isEqualTo(3);
    }

    private record Output(int status, String out, String err) {}

    private static Output run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = CommandRunner.run(new AuditCommand(), new PrintWriter(out), new PrintWriter(err), args);
        return new Output(status, out.toString(), err.toString());
    }

    private static void copy(Path directory, Map<String, ByteString> files) throws IOException {
        for (Map.Entry<String, ByteString> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().toByteArray());
        }
    }
}
