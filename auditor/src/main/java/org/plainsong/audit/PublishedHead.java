package org.plainsong.audit;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.Roster;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.NoteKey;
import org.plainsong.core.transcript.SignedNote;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.FormatException;

/** The checkpoint of one publication: read first, checked when the entries have told who may sign it (T3, T4). */
final class PublishedHead {
    private final boolean listable;
    private final Optional<SignedNote> note;
    private final Optional<Checkpoint> checkpoint;
    private final Optional<String> problem;
    /** Keys of every server that the group has or had, by origin. */
    private final Map<String, NoteKey> keys = new HashMap<>();

    private boolean verified;

    private PublishedHead(
            boolean listable, Optional<SignedNote> note, Optional<Checkpoint> checkpoint, Optional<String> problem) {
        this.listable = listable;
        this.note = note;
        this.checkpoint = checkpoint;
        this.problem = problem;
    }

    /** Reads the checkpoint of a source. */
    static PublishedHead read(TranscriptSource source) throws IOException {
        boolean listable = source.names()
                .map(names -> {
                    names.close();
                    return true;
                })
                .orElse(false);
        try {
            Optional<ByteString> file = source.read(TranscriptFiles.CHECKPOINT, SignedNote.MAX_SIZE);
            if (file.isEmpty()) {
                return new PublishedHead(listable, Optional.empty(), Optional.empty(), Optional.empty());
            }
            SignedNote note = SignedNote.parse(file.get());
            return new PublishedHead(
                    listable, Optional.of(note), Optional.of(Checkpoint.parse(note.text())), Optional.empty());
        } catch (FormatException | TranscriptSource.TooLargeException e) {
            return new PublishedHead(
                    listable, Optional.empty(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Notes what could be seen without any entry. */
    void note(Tally tally) {
        if (problem.isPresent()) {
            tally.fail(Check.T3_CHECKPOINT, TranscriptFiles.CHECKPOINT, problem.get());
        } else if (checkpoint.isEmpty()) {
            tally.miss(Check.T3_CHECKPOINT, TranscriptFiles.CHECKPOINT, "the file is not there");
            tally.miss(Check.T4_LOG_ROOT, TranscriptFiles.CHECKPOINT, "the file is not there");
        }
    }

    /** Entries that it counts, if it could be read. */
    Optional<Long> size() {
        return checkpoint.map(Checkpoint::size);
    }

    /** Whether entries beyond its size are read too: where they can be listed they have to be in order, a living server always has some. */
    boolean readsBeyond() {
        return listable || checkpoint.isEmpty();
    }

    /** The origin it names, if it could be read. */
    Optional<String> origin() {
        return checkpoint.map(Checkpoint::origin);
    }

    /** Learns the servers of a roster, each with the origin of its log. */
    void learn(Roster roster) {
        roster.servers().forEach(server -> {
            NoteKey key = Checkpoint.key(server, roster.groupId());
            keys.put(key.name(), key);
        });
    }

    /** Checks signature and root against the entries that were read. */
    void check(Chain chain, Map<Long, ByteString> roots, boolean stopped, Tally tally) {
        if (note.isEmpty() || checkpoint.isEmpty()) {
            return;
        }
        String where = TranscriptFiles.CHECKPOINT;
        Checkpoint said = checkpoint.get();
        NoteKey key = keys.get(said.origin());
        if (key == null) {
            tally.fail(
                    Check.T3_CHECKPOINT, where, "its origin " + said.origin() + " is that of no server of the group");
        } else if (note.get().verifiedBy(List.of(key)).isEmpty()
                || note.get().lines().size() != 1) {
            tally.fail(Check.T3_CHECKPOINT, where, "it is not signed by its server, or not by it alone");
        } else if (!said.extensions().isEmpty()) {
            tally.fail(Check.T3_CHECKPOINT, where, "it has lines that nobody can check");
        } else {
            verified = true;
            tally.hold(Check.T3_CHECKPOINT, 1);
        }
        checkRoot(said, chain, roots, stopped, tally);
    }

    private static void checkRoot(
            Checkpoint said, Chain chain, Map<Long, ByteString> roots, boolean stopped, Tally tally) {
        ByteString root = said.size() == 0 ? Chain.start().log().root() : roots.get(said.size());
        if (root == null) {
            if (!stopped) {
                tally.miss(
                        Check.T4_LOG_ROOT,
                        TranscriptFiles.CHECKPOINT,
                        "it counts " + said.size() + " entries, " + chain.size() + " are there");
            }
        } else if (!root.equals(said.root())) {
            tally.fail(
                    Check.T4_LOG_ROOT,
                    TranscriptFiles.CHECKPOINT,
                    "its root is not that of the " + said.size() + " entries it counts");
        } else {
            tally.hold(Check.T4_LOG_ROOT, 1);
        }
        if (said.size() < chain.size()) {
            tally.miss(
                    Check.T4_LOG_ROOT,
                    "entry/" + said.size(),
                    (chain.size() - said.size()) + " entries are newer than the checkpoint");
        }
    }

    /** The checkpoint, once its signature has been found good. */
    Optional<Checkpoint> verified() {
        return verified ? checkpoint : Optional.empty();
    }
}
