package org.plainsong.core.epoch;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.pad.PadKey;

/** Pair secrets K_ij and what confirms them (protocol §4.1 step 3). */
public final class PadKeys {
    /** Bytes of an enrolment seed. */
    public static final int SEED_SIZE = 32;

    private PadKeys() {}

    /** 64 bytes of encapsulation randomness for server j, out of a member's enrolment seed. */
    public static byte[] randomness(EpochId epoch, byte[] enrolmentSeed, int j) {
        return Hkdf.derive(epoch.value(), enrolmentSeed, Labels.ENROL, u16(j), XWing.RANDOMNESS_SIZE);
    }

    /** K_ij out of the shared secret of member i and server j. */
    public static Secret pairSecret(EpochId epoch, Secret shared, MemberId i, int j) {
        return PadKey.pairSecret(epoch.value(), shared, i.value(), j);
    }

    /** The key confirmation tag of a pair, 32 bytes. */
    public static ByteString tag(Secret pairSecret) {
        return PadKey.confirmTag(pairSecret);
    }

    private static ByteString u16(int value) {
        return ByteString.of((byte) (value >>> 8), (byte) value);
    }
}
