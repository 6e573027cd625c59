package org.plainsong.core.transcript;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.wire.FormatException;

/**
 * A text with signatures (C2SP signed-note v1.0.0). One value, one encoding: base64 is padded and has no stray bits.
 *
 * @param text ends in a line feed; no control characters but line feeds
 * @param lines the signature lines, at least one
 */
public record SignedNote(String text, List<Line> lines) {
    /** Most signature lines that are read. */
    public static final int MAX_LINES = 64;
    /** Most bytes of a note that are read. */
    public static final int MAX_SIZE = 1 << 18;

    private static final String DASH = "\u2014 ";

    /**
     * A signature line.
     *
     * @param name name of the key
     * @param keyId 4 bytes
     * @param signature what the key's algorithm gives
     */
    public record Line(String name, ByteString keyId, ByteString signature) {
        private String encoded() {
            ByteString both = ByteString.concat(keyId, signature);
            return DASH + name + " " + Base64.getEncoder().encodeToString(both.unsafeArray()) + "\n";
        }
    }

    /** Copies the list. */
    public SignedNote {
        lines = List.copyOf(lines);
    }

    /** Signs a text with one key. */
    public static SignedNote sign(String text, String keyName, Ed25519.SigningKey key) {
        NoteKey noteKey = new NoteKey(keyName, new PublicKey(key.publicKey()));
        ByteString signature = key.sign(NoteKey.utf8(text).unsafeArray());
        return new SignedNote(text, List.of(new Line(keyName, noteKey.id(), signature)));
    }

    /** The note as it is published. */
    public ByteString encode() {
        StringBuilder all = new StringBuilder(text).append('\n');
        lines.forEach(line -> all.append(line.encoded()));
        return NoteKey.utf8(all.toString());
    }

    /**
     * Reads a note. Says nothing of its signatures: {@link #verifiedBy} does.
     *
     * @throws FormatException if it is not UTF-8, has control characters, no signature, too many, or a line of another form
     */
    public static SignedNote parse(ByteString bytes) throws FormatException {
        if (bytes.size() > MAX_SIZE) {
            throw new FormatException("note", bytes.size() + " bytes, at most " + MAX_SIZE + " allowed");
        }
        String all = decode(bytes);
        int split = all.lastIndexOf("\n\n");
        if (split < 0 || !all.endsWith("\n")) {
            throw new FormatException("note", "no empty line before the signatures, or no line feed at the end");
        }
        String[] lines = all.substring(split + 2).split("\n", -1);
        int count = lines.length - 1;
        if (count < 1 || count > MAX_LINES) {
            throw new FormatException("note", count + " signatures, 1 to " + MAX_LINES + " allowed");
        }
        List<Line> parsed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parsed.add(line(lines[i]));
        }
        SignedNote note = new SignedNote(all.substring(0, split + 1), parsed);
        if (!note.encode().equals(bytes)) {
            throw new FormatException("note", "a signature is not in its one base64 form");
        }
        return note;
    }

    private static Line line(String line) throws FormatException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length() - 1 || !NoteKey.isName(line.substring(2, space))) {
            throw new FormatException("signature line", "not of the form dash, name, signature");
        }
        ByteString both;
        try {
            both = ByteString.wrap(Base64.getDecoder().decode(line.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            throw new FormatException("signature line", "the signature is not base64");
        }
        if (both.size() < 5) {
            throw new FormatException("signature line", both.size() + " bytes are too few for id and signature");
        }
        return new Line(line.substring(2, space), both.slice(0, 4), both.slice(4, both.size()));
    }

    private static String decode(ByteString bytes) throws FormatException {
        String all;
        try {
            all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.unsafeArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("note", "not UTF-8");
        }
        if (all.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new FormatException("note", "a control character");
        }
        return all;
    }

    /**
     * The known keys whose signatures the note carries. Empty means: reject the note, because no known key has signed it or because the signature of a known
     * key is not good. Signatures of unknown keys are ignored, even if name or id is that of a known one.
     */
    public List<NoteKey> verifiedBy(Collection<NoteKey> known) {
        List<NoteKey> verified = new ArrayList<>();
        for (Line line : lines) {
            for (NoteKey key : known) {
                if (!key.name().equals(line.name()) || !key.id().equals(line.keyId())) {
                    continue;
                }
                if (!key.verifies(text, line.signature())) {
                    return List.of();
                }
                verified.add(key);
            }
        }
        return List.copyOf(verified);
    }
}
