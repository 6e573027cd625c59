package org.plainsong.core.transcript;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.wire.FormatException;

/**
 * A key that signs notes: an Ed25519 key under a name (C2SP signed-note v1.0.0, signature type 0x01).
 *
 * @param name not empty, without spaces and plus signs; for a log its origin
 * @param key the Ed25519 public key
 */
public record NoteKey(String name, PublicKey key) {
    static final byte ED25519 = 1;

    private static final Pattern VKEY = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])");
    private static final int ID_SIZE = 4;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is no key name
     */
    public NoteKey {
        if (!isName(name)) {
            throw new IllegalArgumentException("a note's key name of " + name.length() + " characters is not allowed");
        }
    }

    /** Whether this may be a key name: not empty, no Unicode space, no plus sign, no control character. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c));
    }

    /** The 4 bytes that tell keys of one name apart: the beginning of SHA-256 over name, line feed, type and key. */
    public ByteString id() {
        return Hash.sha256(utf8(name + "\n"), encoded()).slice(0, ID_SIZE);
    }

    /** The key as text: {@code name+id in hex+base64(type ‖ key)}. */
    public String vkey() {
        return name + "+" + id().hex() + "+"
                + Base64.getEncoder().encodeToString(encoded().unsafeArray());
    }

    /**
     * Reads {@link #vkey()}.
     *
     * @throws FormatException if it has another form, another type than Ed25519 or an id that does not fit
     */
    public static NoteKey parse(String vkey) throws FormatException {
        Matcher matcher = VKEY.matcher(vkey);
        if (!matcher.matches() || !isName(matcher.group(1))) {
            throw new FormatException("vkey", "not of the form name+id+key");
        }
        ByteString encoded;
        try {
            encoded = ByteString.wrap(Base64.getDecoder().decode(matcher.group(3)));
        } catch (IllegalArgumentException e) {
            throw new FormatException("vkey", "the key is not base64");
        }
        if (encoded.size() != 1 + PublicKey.SIZE || encoded.at(0) != ED25519) {
            throw new FormatException("vkey", "not an Ed25519 key of type 1");
        }
        NoteKey key = new NoteKey(matcher.group(1), new PublicKey(encoded.slice(1, encoded.size())));
        if (!key.vkey().equals(vkey)) {
            throw new FormatException("vkey", "the id does not fit name and key");
        }
        return key;
    }

    /** Whether this is a signature of the note's text under this key. */
    boolean verifies(String text, ByteString signature) {
        return Ed25519.verify(key.value(), utf8(text).unsafeArray(), signature);
    }

    private ByteString encoded() {
        return ByteString.concat(ByteString.of(ED25519), key.value());
    }

    static ByteString utf8(String text) {
        return ByteString.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
