package org.plainsong.core.crypto;

import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * The stream {@code HMAC(seed, 0) ‖ HMAC(seed, 1) ‖ …} with the counter as 8 bytes, big-endian. What {@code fill} gives
 * depends on the bytes drawn before and not on how the draws were cut.
 */
final class SeededRandomness implements Randomness {
    private final Mac mac;
    private byte[] block = new byte[0];
    private int used;
    private long counter;

    SeededRandomness(byte[] seed) {
        mac = Hmac.keyed(seed);
    }

    @Override
    public void fill(byte[] target) {
        for (int at = 0; at < target.length; ) {
            if (used == block.length) {
                block = mac.doFinal(
                        ByteBuffer.allocate(Long.BYTES).putLong(counter++).array());
                used = 0;
            }
            int taken = Math.min(block.length - used, target.length - at);
            System.arraycopy(block, used, target, at, taken);
            used += taken;
            at += taken;
        }
    }
}
