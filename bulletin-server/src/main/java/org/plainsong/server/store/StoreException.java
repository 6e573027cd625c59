package org.plainsong.server.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something could not be written or read; the message says what and what to do, and holds no path. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1;

    /** With the cause, if there is one. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
