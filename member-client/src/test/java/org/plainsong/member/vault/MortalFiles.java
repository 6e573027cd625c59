package org.plainsong.member.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A disk in memory whose process can be killed at any call. What was forced survives; of what was only written any beginning
 * does.
 */
final class MortalFiles implements VaultFiles {
    /** The process is dead: nothing catches this. */
    static final class Killed extends Error {}

    private final SplittableRandom random;
    private byte[] journal = new byte[0];
    private boolean exists;
    private ByteArrayOutputStream unforced = new ByteArrayOutputStream();
    private boolean locked;
    private int calls;
    private int killAt = Integer.MAX_VALUE;
    private int failFrom = Integer.MAX_VALUE;

    MortalFiles(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The process dies in this call, counted from now. */
    void killIn(int call) {
        calls = 0;
        killAt = call;
    }

    /** From this call on, counted from now, the disk is full. */
    void failFrom(int call) {
        calls = 0;
        failFrom = call;
    }

    int calls() {
        return calls;
    }

    /** What a new process finds. */
    void restart() {
        killAt = Integer.MAX_VALUE;
        failFrom = Integer.MAX_VALUE;
        byte[] written = unforced.toByteArray();
        journal = join(journal, Arrays.copyOf(written, random.nextInt(written.length + 1)));
        unforced = new ByteArrayOutputStream();
        locked = false;
    }

    byte[] journal() {
        return journal.clone();
    }

    void overwrite(byte[] bytes) {
        journal = bytes.clone();
        exists = true;
    }

    @Override
    public boolean lock() {
        if (locked) {
            return false;
        }
        locked = true;
        return true;
    }

    @Override
    public void unlock() {
        locked = false;
    }

    @Override
    public boolean exists() {
        return exists;
    }

    @Override
    public byte[] read() {
        return join(journal, unforced.toByteArray());
    }

    @Override
    public void replace(byte[] bytes) throws IOException {
        boolean dies = dies();
        if (!dies || random.nextBoolean()) {
            journal = bytes.clone();
            exists = true;
        }
        die(dies);
    }

    @Override
    public Appending append(long length) {
        journal = Arrays.copyOf(journal, (int) length);
        return new InMemory();
    }

    private final class InMemory implements Appending {
        @Override
        public void write(byte[] bytes) throws IOException {
            boolean dies = dies();
            unforced.write(bytes, 0, dies ? random.nextInt(bytes.length + 1) : bytes.length);
            die(dies);
        }

        @Override
        public void force() throws IOException {
            boolean dies = dies();
            if (!dies || random.nextBoolean()) {
                journal = join(journal, unforced.toByteArray());
                unforced.reset();
            }
            die(dies);
        }

        @Override
        public void cut(long length) {
            journal = Arrays.copyOf(join(journal, unforced.toByteArray()), (int) length);
            unforced.reset();
        }

        @Override
        public void close() {}
    }

    private boolean dies() throws IOException {
        calls++;
        if (calls >= failFrom) {
            unforced.write(7);
            throw new IOException("No space left on device");
        }
        return calls == killAt;
    }

    private static void die(boolean dies) {
        if (dies) {
            throw new Killed();
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
