package org.plainsong.member.net;

import java.util.List;
import org.plainsong.member.engine.VaultRecord;

/** Where a driver puts what a node wants kept. Called on a thread that may wait for the disk, one call after the other. */
@FunctionalInterface
public interface Keeping {
    /**
     * Returns when all of it is on disk.
     *
     * @throws KeepingException if it could not be written; nothing of it is kept then
     */
    void keep(List<VaultRecord> records) throws KeepingException;

    /** It could not be written; the text says why and names no secret. */
    final class KeepingException extends Exception {
        private static final long serialVersionUID = 1L;

        /** With what people read. */
        public KeepingException(String why) {
            super(why);
        }
    }

    /** Keeps nothing: for simulated members, which nobody restarts. */
    static Keeping nothing() {
        return records -> {};
    }
}
