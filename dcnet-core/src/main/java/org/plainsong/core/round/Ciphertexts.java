package org.plainsong.core.round;

import java.util.Map;
import java.util.stream.IntStream;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signer;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.slot.Layout;

/** Makes a member's ciphertexts (protocol §5.2). Used through {@link Submissions}, which sees to it that there is one for each attempt. */
final class Ciphertexts {
    private final MemberId member;
    private final PadSource pads;
    private final int[] servers;
    private final Signer signer;

    Ciphertexts(MemberId member, PadSource pads, int serverCount, Signer signer) {
        this.member = member;
        this.pads = pads;
        this.servers = IntStream.range(0, serverCount).toArray();
        this.signer = signer;
    }

    /** {@code c_i = m_i ⊕ ⊕_j PAD(K_ij)}, with the signed header; m_i is zero but for the own slots. */
    Packet<Header> make(AttemptContext attempt, Map<Integer, ByteString> ownSlots) {
        byte[] vector = plaintext(attempt.layout(), ownSlots);
        pads.xorInto(servers, 0, servers.length, nonce(attempt), vector, vector.length);
        Header header = new Header(
                attempt.at(), attempt.prev(), attempt.layout().hash(), member, TreeHash.rootOfChunks(vector));
        return new Packet<>(signer.sign(header), ByteString.wrap(vector));
    }

    /** The nonce of all pads of an attempt. */
    static byte[] nonce(AttemptContext attempt) {
        return PadKey.nonce(
                attempt.at().epoch().value(),
                attempt.at().round(),
                attempt.at().attempt(),
                attempt.prev().value());
    }

    private static byte[] plaintext(Layout layout, Map<Integer, ByteString> ownSlots) {
        byte[] vector = new byte[layout.totalBytes()];
        ownSlots.forEach((slot, bytes) -> {
            if (bytes.size() != layout.length(slot)) {
                throw new IllegalStateException(
                        "slot " + slot + " has " + layout.length(slot) + " bytes, not " + bytes.size());
            }
            bytes.copyTo(vector, layout.offset(slot));
        });
        return vector;
    }
}
