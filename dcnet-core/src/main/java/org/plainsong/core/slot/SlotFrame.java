package org.plainsong.core.slot;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Numbers;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.PublicKey;

/**
 * The bytes of an open slot (protocol §5.1; formats, "Slot frame"):
 *
 * <pre>
 * blameRequest (2) ‖ seed (16) ‖ mask ⊕ ( nextLength (1) ‖ flags (1) ‖ bodyLength (4) ‖ body ‖ zero padding ‖ slotSignature (64) )
 * </pre>
 *
 * <p>The mask makes every bit behind the seed a fair coin for whoever does not know the seed, so that any bit that a disruptor flips was 0 with probability ½ and
 * can be accused. The blame request stands outside of it.
 */
public final class SlotFrame {
    /** Bytes of the blame request. */
    public static final int REQUEST_SIZE = 2;
    /** Bytes of the mask's seed. */
    public static final int SEED_SIZE = 16;
    /** Bytes of a frame that are not body: 2 + 16 + 1 + 1 + 4 + 64. */
    public static final int OVERHEAD = 88;

    private static final int MASKED = REQUEST_SIZE + SEED_SIZE;
    private static final int HEAD = 6;
    private static final int MASK_KEY_SIZE = 32;

    private SlotFrame() {}

    /** What stands in an open slot. */
    public sealed interface Reading {
        /** The blame request, 0 to 65,535; whatever it was set by. */
        int blameRequest();
    }

    /** Every byte is 0: the owner wrote nothing, the slot closes. */
    public record Silent() implements Reading {
        @Override
        public int blameRequest() {
            return 0;
        }
    }

    /**
     * The owner's signature is good.
     *
     * @param nextLength class that the owner asks for in the next round, 0 to close
     * @param body what it says, may be empty
     * @param blameRequest other than 0 asks for an accusation run
     */
    public record Valid(int nextLength, ByteString body, int blameRequest) implements Reading {}

    /** Neither silent nor signed: somebody disrupted it, or its owner wrote nonsense. */
    public record Garbled(int blameRequest) implements Reading {}

    /** Longest body of a frame of this many bytes. */
    public static int maxBody(int frameBytes) {
        return frameBytes - OVERHEAD;
    }

    /**
     * Builds a frame of exactly the slot's length.
     *
     * @param at the attempt that it is for; another attempt needs another frame
     * @param key the slot's key
     * @param length bytes of the slot in this round's layout
     * @param content what it says
     * @param seed16 fresh random bytes
     */
    public static ByteString build(AttemptId at, Ed25519.SigningKey key, int length, Valid content, ByteString seed16) {
        ByteString body = content.body();
        if (body.size() > maxBody(length) || seed16.size() != SEED_SIZE) {
            throw new IllegalStateException("a frame of " + length + " bytes has no room for a body of " + body.size()
                    + " bytes with a seed of " + seed16.size());
        }
        byte[] frame = new byte[length];
        Numbers.u16(content.blameRequest()).copyTo(frame, 0);
        seed16.copyTo(frame, REQUEST_SIZE);
        frame[MASKED] = (byte) content.nextLength();
        Numbers.u32(body.size()).copyTo(frame, MASKED + 2);
        body.copyTo(frame, MASKED + HEAD);
        ByteString signed = ByteString.wrap(Arrays.copyOfRange(frame, MASKED, length - Ed25519.SIGNATURE_SIZE));
        PublicKey slot = new PublicKey(key.publicKey());
        key.sign(toSign(at, slot, seed16, signed).unsafeArray()).copyTo(frame, length - Ed25519.SIGNATURE_SIZE);
        byte[] masked = mask(seed16, frame, MASKED, length - MASKED);
        System.arraycopy(masked, 0, frame, MASKED, masked.length);
        return ByteString.wrap(frame);
    }

    /** Reads an open slot. Costs a signature check unless the slot is silent or its inside is not even well formed. */
    public static Reading open(AttemptId at, PublicKey slotKey, ByteString slot) {
        byte[] frame = slot.unsafeArray();
        if (isZero(frame, 0, frame.length)) {
            return new Silent();
        }
        int request = (frame[0] & 0xff) << 8 | (frame[1] & 0xff);
        ByteString seed = slot.slice(REQUEST_SIZE, MASKED);
        byte[] clear = mask(seed, frame, MASKED, frame.length - MASKED);
        int signedSize = clear.length - Ed25519.SIGNATURE_SIZE;
        long bodySize =
                (clear[2] & 0xffL) << 24 | (clear[3] & 0xffL) << 16 | (clear[4] & 0xffL) << 8 | (clear[5] & 0xffL);
        int nextLength = clear[0] & 0xff;
        if (clear[1] != 0 || bodySize > maxBody(frame.length) || !isZero(clear, HEAD + (int) bodySize, signedSize)) {
            return new Garbled(request);
        }
        ByteString signed = ByteString.wrap(Arrays.copyOf(clear, signedSize));
        ByteString signature = ByteString.wrap(Arrays.copyOfRange(clear, signedSize, clear.length));
        boolean good = Ed25519.verify(
                slotKey.value(), toSign(at, slotKey, seed, signed).unsafeArray(), signature);
        return good ? new Valid(nextLength, signed.slice(HEAD, HEAD + (int) bodySize), request) : new Garbled(request);
    }

    /** The 32 bytes that a slot key signs: bound to epoch, round, attempt, slot and seed, so that a frame is good once only. */
    public static ByteString toSign(AttemptId at, PublicKey slot, ByteString seed16, ByteString clearWithoutSignature) {
        return Hash.labelled(
                Labels.FRAME,
                at.epoch().value(),
                Numbers.u64(at.round()),
                Numbers.u64(at.attempt()),
                slot.value(),
                seed16,
                clearWithoutSignature);
    }

    /** {@code length} bytes from {@code offset} on XOR the AES-256-CTR stream of the seed, counter from 0; a new array. */
    private static byte[] mask(ByteString seed16, byte[] bytes, int offset, int length) {
        byte[] key =
                Hkdf.derive(ByteString.EMPTY, seed16.unsafeArray(), Labels.FRAME_MASK, ByteString.EMPTY, MASK_KEY_SIZE);
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            return cipher.doFinal(bytes, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime refused AES-256-CTR", e);
        }
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        int any = 0;
        for (int i = from; i < to; i++) {
            any |= bytes[i];
        }
        return any == 0;
    }
}
