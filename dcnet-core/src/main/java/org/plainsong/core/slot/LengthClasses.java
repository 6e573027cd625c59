package org.plainsong.core.slot;

/**
 * The few lengths that a slot can have, each twice the one before, so that a length tells little of a post (protocol §5.1). Class 0 is a closed slot of one request
 * byte, class c from 1 on has {@code 256 · 2^(c-1)} bytes, up to 1 MiB.
 */
public final class LengthClasses {
    /** The class of a closed slot. */
    public static final int CLOSED = 0;
    /** Bytes of class 1. */
    public static final int SHORTEST = 256;
    /** The longest class there is: 1 MiB. */
    public static final int MAX_CLASS = 13;

    private LengthClasses() {}

    /** Bytes of a slot of this class, 1 for a closed one. */
    public static int bytes(int lengthClass) {
        if (lengthClass < CLOSED || lengthClass > MAX_CLASS) {
            throw new IllegalStateException("no length class " + lengthClass + ", there are 0.." + MAX_CLASS);
        }
        return lengthClass == CLOSED ? 1 : SHORTEST << (lengthClass - 1);
    }

    /** Whether some open class has exactly this many bytes, as a policy's default and longest slot must. */
    public static boolean isClass(int bytes) {
        return bytes >= SHORTEST && bytes <= bytes(MAX_CLASS) && Integer.bitCount(bytes) == 1;
    }

    /** The open class of exactly this many bytes. */
    public static int ofBytes(int bytes) {
        if (!isClass(bytes)) {
            throw new IllegalStateException(bytes + " bytes is no length class: 256, 512, 1024 … 1048576");
        }
        return Integer.numberOfTrailingZeros(bytes) - Integer.numberOfTrailingZeros(SHORTEST) + 1;
    }

    /** The shortest open class whose frame holds a body of this many bytes, at most {@code longest}, whose body may be smaller than asked. */
    public static int forBody(int bodyBytes, int longest) {
        int found = 1;
        while (found < longest && SlotFrame.maxBody(bytes(found)) < bodyBytes) {
            found++;
        }
        return found;
    }
}
