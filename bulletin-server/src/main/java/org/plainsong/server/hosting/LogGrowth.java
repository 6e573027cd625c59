package org.plainsong.server.hosting;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.Leaf;
import org.plainsong.core.transcript.LogHead;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/** The log with one more entry: its leaf names the kind and the payloads' hashes (protocol §8). */
final class LogGrowth {
    private LogGrowth() {}

    static LogHead extended(LogHead head, Entry entry) {
        try {
            List<ByteString> hashes = new ArrayList<>();
            for (ByteString envelope : entry.envelopes()) {
                hashes.add(Hash.sha256(Envelopes.decode(envelope).payload()));
            }
            return head.append(Leaf.hash(entry.kind(), hashes));
        } catch (FormatException e) {
            throw new IllegalStateException("entry " + entry.index() + " of the transcript cannot be read", e);
        }
    }
}
