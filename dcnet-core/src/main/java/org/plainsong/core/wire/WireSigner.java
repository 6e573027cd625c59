package org.plainsong.core.wire;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;

/** Encodes and signs with one Ed25519 key (protocol §2). Any number of threads may use it; it ends with the key that it was given. */
public final class WireSigner implements Signer {
    private final Ed25519.SigningKey key;
    private final PublicKey publicKey;

    /** Signs with this key, which stays its owner's to close. */
    public WireSigner(Ed25519.SigningKey key) {
        this.key = key;
        this.publicKey = new PublicKey(key.publicKey());
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public <M extends Message> Signed<M> sign(M message) {
        ByteString payload = MessageCodec.encode(message);
        ByteString value = key.sign(Envelopes.signedBytes(message.type(), payload));
        return new Signed<>(message, payload, List.of(new Signature(publicKey, value)));
    }
}
