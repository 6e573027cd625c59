package org.plainsong.core.transcript;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.wire.FormatException;

/**
 * Size and root of a server's log: the text of a signed note (C2SP tlog-checkpoint v1.0.0, protocol §8).
 *
 * @param origin names the log: the server's host and port, {@code /g/}, the first 32 hex digits of the group id
 * @param size number of entries
 * @param root RFC 6962 root over the leaves, 32 bytes
 * @param extensions further lines; ours have none
 */
public record Checkpoint(String origin, long size, ByteString root, List<String> extensions) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int GROUP_DIGITS = 32;

    /** Copies the list. */
    public Checkpoint {
        extensions = List.copyOf(extensions);
    }

    /** A checkpoint without extensions. */
    public static Checkpoint of(String origin, long size, ByteString root) {
        return new Checkpoint(origin, size, root, List.of());
    }

    /** The origin of the log that this server keeps of this group. */
    public static String origin(ServerEntry server, GroupId group) {
        String authority = ServerUrl.parse(server.url())
                .map(ServerUrl::authority)
                .orElseThrow(
                        () -> new IllegalStateException("the roster holds a server without a URL: " + server.key()));
        return authority + "/g/" + group.value().hex().substring(0, GROUP_DIGITS);
    }

    /** The key whose signature makes a checkpoint this server's. */
    public static NoteKey key(ServerEntry server, GroupId group) {
        return new NoteKey(origin(server, group), server.key());
    }

    /** The signed note to publish. */
    public SignedNote sign(Ed25519.SigningKey key) {
        return SignedNote.sign(text(), origin, key);
    }

    /** The text of the note. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n').append(size).append('\n');
        text.append(Base64.getEncoder().encodeToString(root.unsafeArray())).append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * Reads the text of a note.
     *
     * @throws FormatException if it is not exactly what {@link #text} writes
     */
    public static Checkpoint parse(String text) throws FormatException {
        List<String> lines = List.of(text.split("\n", -1));
        int count = lines.size() - 1;
        if (count < 3 || lines.subList(0, count).stream().anyMatch(String::isEmpty)) {
            throw new FormatException("checkpoint", "fewer than three lines, or an empty one");
        }
        if (!SIZE.matcher(lines.get(1)).matches()) {
            throw new FormatException("checkpoint size", "not a decimal number without leading zeros");
        }
        ByteString root;
        try {
            root = ByteString.wrap(Base64.getDecoder().decode(lines.get(2)));
        } catch (IllegalArgumentException e) {
            throw new FormatException("checkpoint root", "not base64");
        }
        if (root.size() != Hash.SIZE) {
            throw new FormatException("checkpoint root", root.size() + " bytes, must be " + Hash.SIZE);
        }
        Checkpoint checkpoint =
                new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), root, lines.subList(3, count));
        if (!checkpoint.text().equals(text)) {
            throw new FormatException("checkpoint", "not in its one form");
        }
        return checkpoint;
    }
}
