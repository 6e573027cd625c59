package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server as the definition or the roster names it (protocol §3).
 *
 * @param name short name, 1..64 bytes of UTF-8
 * @param operator who runs it, 1..64 bytes of UTF-8
 * @param key signs its statements
 * @param url https URL of its port, at most 256 bytes
 * @param tlsPin SHA-256 of the SubjectPublicKeyInfo of its TLS certificate, 32 bytes
 */
public record ServerEntry(String name, String operator, PublicKey key, String url, ByteString tlsPin) {
    /** Checks the fields. */
    public ServerEntry {
        Fields.exactly("tls pin", tlsPin, 32);
    }
}
