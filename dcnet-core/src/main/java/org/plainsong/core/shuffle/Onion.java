package org.plainsong.core.shuffle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.MultiSeal;
import org.plainsong.core.crypto.SealedBox;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.ItemRef;

/**
 * The layers of a submission (protocol §4.3 submission): {@code X_M = MultiSeal(I_1..I_M, payload)} with randomness from the inner seed, {@code X_{h-1} =
 * Seal(O_h, X_h)} with randomness from the outer seed. Whoever knows the outer seed and X_M makes every outer layer anew, byte for byte.
 */
public final class Onion {
    /** Bytes of an outer and of an inner seed. */
    public static final int SEED_SIZE = 32;

    private Onion() {}

    /** X_M: the payload sealed to all inner keys. */
    public static ByteString core(ShuffleRun run, byte[] innerSeed, byte[] payload) {
        if (payload.length != run.payloadSize()) {
            throw new IllegalStateException(
                    "payload of " + payload.length + " bytes in a run for " + run.payloadSize());
        }
        int m = run.hops();
        byte[] randomness = new byte[m * XWing.RANDOMNESS_SIZE];
        for (int j = 1; j <= m; j++) {
            byte[] own = innerRandomness(run, innerSeed, j);
            System.arraycopy(own, 0, randomness, (j - 1) * XWing.RANDOMNESS_SIZE, own.length);
            Arrays.fill(own, (byte) 0);
        }
        ByteString core = MultiSeal.seal(
                run.innerKeys(), randomness, Labels.ONION_CORE, run.id().value(), u16(m), payload);
        Arrays.fill(randomness, (byte) 0);
        return core;
    }

    /**
     * X_0..X_M of this owner, from the outer seed and X_M alone (protocol §4.3 rebuilt path). Works for a core of any length, so that whatever an opening
     * holds can be judged.
     */
    public static List<ByteString> layers(ShuffleRun run, ItemRef owner, byte[] outerSeed, ByteString core) {
        int m = run.hops();
        ByteString[] layers = new ByteString[m + 1];
        layers[m] = core;
        for (int h = m; h >= 1; h--) {
            byte[] randomness = outerRandomness(run, outerSeed, h);
            layers[h - 1] = SealedBox.seal(
                    run.outerKeys().get(h - 1),
                    randomness,
                    Labels.ONION_LAYER,
                    layerContext(run, h),
                    layerAad(h, owner),
                    layers[h].unsafeArray());
            Arrays.fill(randomness, (byte) 0);
        }
        return List.of(layers);
    }

    /**
     * X_h out of X_{h-1}, or nothing if the item does not open: the AEAD fails or the result has not the length of layer h.
     *
     * @param h the hop, 1..M
     * @param key expanded private key of O_h
     * @param owner whose item it is; bound in at hop 1, of no account at later ones
     */
    public static Optional<ByteString> openLayer(
            ShuffleRun run, int h, XWing.ExpandedKey key, ItemRef owner, ByteString item) {
        return SealedBox.open(key, Labels.ONION_LAYER, layerContext(run, h), layerAad(h, owner), item)
                .filter(opened -> opened.length == run.layerSize(h))
                .map(ByteString::wrap);
    }

    /** The payload out of X_M with all inner keys, or nothing if it does not open or has another length. */
    public static Optional<ByteString> openCore(ShuffleRun run, List<XWing.ExpandedKey> keys, ByteString core) {
        return MultiSeal.openMulti(keys, Labels.ONION_CORE, run.id().value(), u16(run.hops()), core)
                .filter(payload -> payload.length == run.payloadSize())
                .map(ByteString::wrap);
    }

    /** 64 bytes of encapsulation randomness for layer h. */
    static byte[] outerRandomness(ShuffleRun run, byte[] outerSeed, int h) {
        return Hkdf.derive(run.id().value(), outerSeed, Labels.OUTER, u16(h), XWing.RANDOMNESS_SIZE);
    }

    /** 64 bytes of encapsulation randomness for inner key j. */
    static byte[] innerRandomness(ShuffleRun run, byte[] innerSeed, int j) {
        return Hkdf.derive(run.id().value(), innerSeed, Labels.INNER, u16(j), XWing.RANDOMNESS_SIZE);
    }

    private static ByteString layerContext(ShuffleRun run, int h) {
        return ByteString.concat(run.id().value(), u16(h));
    }

    private static ByteString layerAad(int h, ItemRef owner) {
        return h == 1 ? ByteString.concat(owner.member().value(), u16(owner.index())) : ByteString.EMPTY;
    }

    private static ByteString u16(int value) {
        return ByteString.of((byte) (value >>> 8), (byte) value);
    }
}
