package org.plainsong.core.shuffle;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.MultiSeal;
import org.plainsong.core.crypto.SealedBox;
import org.plainsong.core.message.RunId;

/**
 * What all parties of one run share (protocol §4.3 fresh per run).
 *
 * @param id the run
 * @param outerKeys O_1..O_M, X-Wing public keys of 1,216 bytes
 * @param innerKeys I_1..I_M
 * @param payloadSize bytes of each payload: 32 in a setup
 */
public record ShuffleRun(RunId id, List<ByteString> outerKeys, List<ByteString> innerKeys, int payloadSize) {
    /** Copies the lists and checks that they fit. */
    public ShuffleRun {
        outerKeys = List.copyOf(outerKeys);
        innerKeys = List.copyOf(innerKeys);
        if (outerKeys.isEmpty() || outerKeys.size() != innerKeys.size() || payloadSize < 1) {
            throw new IllegalStateException("a run with " + outerKeys.size() + " outer keys, " + innerKeys.size()
                    + " inner keys and payloads of " + payloadSize + " bytes");
        }
    }

    /** M, the number of servers, layers and hops. */
    public int hops() {
        return outerKeys.size();
    }

    /** Bytes of X_h, h = 0 for what is submitted and M for the core. */
    public int layerSize(int h) {
        if (h < 0 || h > hops()) {
            throw new IllegalStateException("layer " + h + " of " + hops());
        }
        return MultiSeal.overhead(hops()) + payloadSize + (hops() - h) * SealedBox.OVERHEAD;
    }
}
