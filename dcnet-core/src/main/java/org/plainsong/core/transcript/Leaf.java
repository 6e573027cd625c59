package org.plainsong.core.transcript;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.wire.CborWriter;

/**
 * What the log's tree holds of an entry: its kind and the SHA-256 of each payload (protocol §8). Signatures and the body are not in it: servers may hold
 * different good signatures under one payload, and the payload of a record names its output.
 */
public final class Leaf {
    private Leaf() {}

    /** The leaf's bytes: CBOR array of the kind and the array of payload hashes. */
    public static ByteString bytes(int kind, List<ByteString> payloadHashes) {
        CborWriter writer = new CborWriter().array(2).uint(kind).array(payloadHashes.size());
        payloadHashes.forEach(writer::bytes);
        return writer.toByteString();
    }

    /** The leaf's hash in the tree. */
    public static ByteString hash(int kind, List<ByteString> payloadHashes) {
        return TreeHash.leafHash(bytes(kind, payloadHashes));
    }
}
