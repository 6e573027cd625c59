package org.plainsong.member.vault;

import java.io.Closeable;
import java.io.IOException;

/** What a vault needs of a disk. Tests put one in between that fails or is killed at any call. */
public interface VaultFiles {
    /** Takes the lock that no other process may hold; false if another one does. */
    boolean lock() throws IOException;

    /** Gives the lock back. */
    void unlock() throws IOException;

    /** Whether there is a journal. */
    boolean exists() throws IOException;

    /** All bytes of the journal. */
    byte[] read() throws IOException;

    /**
     * Puts these bytes in the journal's place, on disk and all at once: whoever reads later, after whatever crash, finds
     * the old journal or the new one.
     */
    void replace(byte[] journal) throws IOException;

    /** Opens the journal for appending, cut to {@code length} bytes. */
    Appending append(long length) throws IOException;

    /** A journal that is appended to. */
    interface Appending extends Closeable {
        /** Writes at the end; after a crash before {@link #force} any part of it may be there. */
        void write(byte[] bytes) throws IOException;

        /** Returns when all that was written is on disk. */
        void force() throws IOException;

        /** Cuts the journal to this length, after a write that failed half way. */
        void cut(long length) throws IOException;
    }
}
