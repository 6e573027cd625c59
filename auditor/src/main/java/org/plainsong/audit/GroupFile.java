package org.plainsong.audit;

import java.io.IOException;
import java.util.Optional;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.FormatException;

/** The file with the definition: the very envelope of the first entry, whose signatures the chain has checked. */
final class GroupFile {
    private GroupFile() {}

    static void check(TranscriptSource source, Chain chain, GroupReference group, Tally tally) throws IOException {
        Optional<ByteString> file;
        try {
            file = source.read(TranscriptFiles.GROUP, Batch.MOST_BYTES);
        } catch (TranscriptSource.TooLargeException e) {
            tally.fail(Check.T1_FILES, TranscriptFiles.GROUP, String.valueOf(e.getMessage()));
            return;
        }
        Optional<ByteString> first = source.read(TranscriptFiles.entry(0), Batch.MOST_BYTES);
        if (file.isEmpty()) {
            tally.miss(Check.T1_FILES, TranscriptFiles.GROUP, "the file is not there");
        } else if (chain.hasGroup() && first.isPresent()) {
            try {
                boolean same =
                        EntryCodec.decode(first.get()).envelopes().getFirst().equals(file.get());
                if (same) {
                    tally.hold(Check.T1_FILES, 1);
                } else {
                    tally.fail(Check.T1_FILES, TranscriptFiles.GROUP, "holds another envelope than entry/0");
                }
            } catch (FormatException e) {
                tally.fail(Check.T2_ENCODING, "entry/0", String.valueOf(e.getMessage()));
            }
        }
        if (!chain.hasGroup() && first.isEmpty()) {
            tally.miss(
                    Check.T10_DEFINITION,
                    "entry/0",
                    "the definition of group " + group.id().value().hex() + " is not there");
        }
    }
}
