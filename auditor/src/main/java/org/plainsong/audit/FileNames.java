package org.plainsong.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.TranscriptFiles;

/** Whether every file of a publication belongs there (T1). A publication that cannot be listed is not checked for files that nobody names. */
final class FileNames {
    private final Chain chain;
    private final AddressSet addresses;
    /** The entries could not all be read: then nobody knows which blobs the others name. */
    private final boolean stopped;

    FileNames(Chain chain, AddressSet addresses, boolean stopped) {
        this.chain = chain;
        this.addresses = addresses;
        this.stopped = stopped;
    }

    void check(TranscriptSource source, Tally tally) throws IOException {
        Optional<Stream<String>> names = source.names();
        if (names.isEmpty()) {
            tally.hold(Check.T1_FILES, chain.size());
            return;
        }
        try (Stream<String> all = names.get()) {
            all.forEach(name -> check(name, tally));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void check(String name, Tally tally) {
        Optional<Long> index = TranscriptFiles.entryIndex(name);
        Optional<ByteString> address = TranscriptFiles.blobAddress(name);
        if (index.isPresent()) {
            if (index.get() < chain.size()) {
                tally.hold(Check.T1_FILES, 1);
            } else if (!stopped) {
                tally.fail(Check.T1_FILES, name, "stands behind a gap: entry/" + chain.size() + " is not there");
            }
        } else if (address.isPresent()) {
            if (addresses.contains(address.get())) {
                tally.hold(Check.T1_FILES, 1);
            } else if (!stopped) {
                tally.fail(Check.T1_FILES, name, "no entry names this blob");
            }
        } else if (name.equals(TranscriptFiles.CHECKPOINT)) {
            tally.hold(Check.T1_FILES, 1);
        } else if (!name.equals(TranscriptFiles.GROUP)) {
            tally.fail(Check.T1_FILES, name, "does not belong into a transcript");
        }
    }
}
