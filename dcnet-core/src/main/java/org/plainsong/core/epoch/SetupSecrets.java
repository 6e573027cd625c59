package org.plainsong.core.epoch;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;

/** A server's three fresh X-Wing key pairs of a setup (protocol §4.1 step 2), each from a seed of its own; in memory only, wiped one by one. */
final class SetupSecrets {
    private final XWing.KeyPair pad;
    private final XWing.KeyPair outer;
    private final XWing.KeyPair inner;

    private SetupSecrets(XWing.KeyPair pad, XWing.KeyPair outer, XWing.KeyPair inner) {
        this.pad = pad;
        this.outer = outer;
        this.inner = inner;
    }

    static SetupSecrets draw(Randomness randomness) {
        return new SetupSecrets(drawPair(randomness), drawPair(randomness), drawPair(randomness));
    }

    private static XWing.KeyPair drawPair(Randomness randomness) {
        try (Secret seed = Secret.wrap(randomness.bytes(XWing.SEED_SIZE))) {
            return XWing.generate(seed.expose());
        }
    }

    ByteString padKey() {
        return pad.publicKey();
    }

    ByteString outerKey() {
        return outer.publicKey();
    }

    ByteString innerKey() {
        return inner.publicKey();
    }

    XWing.ExpandedKey expandedPad() {
        return XWing.ExpandedKey.of(pad.seed());
    }

    XWing.ExpandedKey expandedOuter() {
        return XWing.ExpandedKey.of(outer.seed());
    }

    /** The seed to be shown to everybody, once. */
    ByteString innerSeed() {
        return ByteString.of(inner.seed().expose());
    }

    /** No pair secret is derived any more. */
    void wipePad() {
        pad.seed().wipe();
    }

    /** The run is not opened. */
    void wipeInner() {
        inner.seed().wipe();
    }

    void wipeAll() {
        pad.seed().wipe();
        outer.seed().wipe();
        inner.seed().wipe();
    }
}
