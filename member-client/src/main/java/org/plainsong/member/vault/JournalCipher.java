package org.plainsong.member.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plainsong.core.crypto.Aead;
import org.plainsong.core.crypto.Hmac;
import org.plainsong.core.crypto.Randomness;

/**
 * Records of one journal file: {@code length u32 ‖ check (8) ‖ nonce (12) ‖ AES-256-GCM}, the place in the file's sequence as
 * additional data, so that records cannot be moved, repeated or left out between others. The nonce is random, because after a
 * torn write the same place is written again. The check is the beginning of an HMAC over place and length: a damaged length must
 * not look like a journal that ends early.
 */
final class JournalCipher {
    /** Bytes in front of a sealed record. */
    static final int HEAD = 4 + 8 + Aead.NONCE_SIZE;

    private static final int CHECK = 8;
    private static final int MAX_RECORD = 256 << 20;

    private final byte[] recordKey;
    private final byte[] lengthKey;

    JournalCipher(byte[] recordKey, byte[] lengthKey) {
        this.recordKey = recordKey;
        this.lengthKey = lengthKey;
    }

    /** What an intact journal holds, and where it ends; anything behind is of a write that was never acknowledged. */
    record Opened(List<byte[]> records, int end) {}

    /** The bytes of record number {@code sequence}, from 0. */
    byte[] seal(long sequence, byte[] record, Randomness randomness) {
        byte[] nonce = randomness.bytes(Aead.NONCE_SIZE);
        byte[] sealed = Aead.seal(recordKey, nonce, place(sequence), record);
        ByteBuffer out = ByteBuffer.allocate(HEAD + sealed.length);
        out.putInt(sealed.length).put(check(sequence, sealed.length)).put(nonce).put(sealed);
        return out.array();
    }

    /** Opens all records behind the header. */
    Opened open(byte[] file, int from) throws VaultException {
        List<byte[]> records = new ArrayList<>();
        int at = from;
        while (at < file.length) {
            int left = file.length - at;
            if (left < HEAD) {
                break;
            }
            int length = ByteBuffer.wrap(file, at, 4).getInt();
            byte[] check = Arrays.copyOfRange(file, at + 4, at + 4 + CHECK);
            if (!Arrays.equals(check, check(records.size(), length)) || length < 0 || length > MAX_RECORD) {
                if (isZero(file, at, file.length)) {
                    break;
                }
                throw VaultException.damaged("record " + records.size() + " has another length than was written");
            }
            if (length > left - HEAD) {
                break;
            }
            byte[] nonce = Arrays.copyOfRange(file, at + 4 + CHECK, at + HEAD);
            int end = at + HEAD + length;
            var opened = Aead.open(recordKey, nonce, place(records.size()), file, at + HEAD, length);
            if (opened.isEmpty()) {
                // After a power cut a file may have grown before its last bytes were written.
                if (end == file.length && isZero(file, end - Aead.TAG_SIZE, end)) {
                    break;
                }
                throw VaultException.damaged("record " + records.size() + " is not as it was written");
            }
            records.add(opened.get());
            at = end;
        }
        return new Opened(records, at);
    }

    void wipe() {
        Arrays.fill(recordKey, (byte) 0);
        Arrays.fill(lengthKey, (byte) 0);
    }

    private byte[] check(long sequence, int length) {
        byte[] input = ByteBuffer.allocate(12).putLong(sequence).putInt(length).array();
        return Arrays.copyOf(Hmac.sha256(lengthKey, input), CHECK);
    }

    private static byte[] place(long sequence) {
        return ByteBuffer.allocate(8).putLong(sequence).array();
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
