package org.plainsong.core.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * Checks signatures over payload bytes as they came (protocol §2). It remembers the keys used last in decoded form, because decoding one costs about half as
 * much as a signature; the answers do not depend on what it remembers. Any number of threads may use it.
 */
public final class WireSignatureCheck implements SignatureCheck {
    /** Keys remembered unless the caller says otherwise: every member and server of a full group, and their slots of one round. */
    private static final int USUAL_KEYS = 8192;

    private final Map<PublicKey, Ed25519.VerifyingKey> recent;

    /** A check that remembers up to 8,192 keys. */
    public WireSignatureCheck() {
        this(USUAL_KEYS);
    }

    /** A check that remembers up to {@code keys} keys, and forgets the one unused for longest first. */
    public WireSignatureCheck(int keys) {
        recent = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<PublicKey, Ed25519.VerifyingKey> eldest) {
                return size() > keys;
            }
        };
    }

    @Override
    public boolean allGood(Signed<?> signed) {
        byte[] bytes = Envelopes.signedBytes(signed.message().type(), signed.payload());
        for (Signature signature : signed.signatures()) {
            Optional<Ed25519.VerifyingKey> key = decoded(signature.signer());
            if (key.isEmpty() || !key.get().verify(bytes, signature.value())) {
                return false;
            }
        }
        return true;
    }

    private Optional<Ed25519.VerifyingKey> decoded(PublicKey key) {
        synchronized (recent) {
            Ed25519.VerifyingKey known = recent.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        // Outside of the lock: it takes long, and two threads that decode the same key do no harm.
        Optional<Ed25519.VerifyingKey> decoded = Ed25519.VerifyingKey.decode(key.value());
        if (decoded.isPresent()) {
            synchronized (recent) {
                recent.put(key, decoded.get());
            }
        }
        return decoded;
    }
}
