package org.plainsong.core.message;

/**
 * An admin as the definition or the roster names them.
 *
 * @param name what people call them, 1..64 bytes of UTF-8
 * @param key signs roster entries
 */
public record Admin(String name, PublicKey key) {
    /** Checks the fields. */
    public Admin {}
}
