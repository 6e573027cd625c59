package org.plainsong.core.transcript;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.GroupId;

/**
 * Names of the public files of a transcript (protocol §8, formats "Directory"): the same below a directory and below {@code /g/<group id>/} of a server.
 *
 * <pre>
 * checkpoint        signed note: size and root of the log
 * group             envelope of the group definition
 * entry/INDEX       entry, INDEX decimal without leading zeros
 * blob/ADDRESS      shares and setup bundles; ADDRESS is the tree root over 1 KiB pieces in lower-case hex
 * </pre>
 *
 * <p>A blob's address is the root that a record gives for a share anyway, so that whoever holds a record can ask for its shares and see by the name whether
 * it got them. An opening record's entry has the address of its setup bundle as its body.
 */
public final class TranscriptFiles {
    /** The newest checkpoint of this server. */
    public static final String CHECKPOINT = "checkpoint";
    /** The group definition. */
    public static final String GROUP = "group";
    /** Folder of the entries. */
    public static final String ENTRIES = "entry";
    /** Folder of the blobs. */
    public static final String BLOBS = "blob";
    /** Content type of the checkpoint. */
    public static final String TEXT_TYPE = "text/plain; charset=utf-8";
    /** Content type of everything else. */
    public static final String BINARY_TYPE = "application/octet-stream";

    private static final Pattern ENTRY = Pattern.compile("entry/(0|[1-9][0-9]{0,17})");
    private static final Pattern BLOB = Pattern.compile("blob/([0-9a-f]{64})");

    private TranscriptFiles() {}

    /** Where a group's files lie on a server: {@code /g/<group id hex>/}. */
    public static String prefix(GroupId group) {
        return "/g/" + group.value().hex() + "/";
    }

    /** Path of an entry. */
    public static String entry(long index) {
        return ENTRIES + "/" + String.format(Locale.ROOT, "%d", index);
    }

    /** Path of the blob with this address. */
    public static String blob(ByteString address) {
        return BLOBS + "/" + address.hex();
    }

    /** Address of these bytes: the tree root over their 1 KiB pieces, for a share the root that its record gives. */
    public static ByteString addressOf(ByteString blob) {
        return TreeHash.rootOfChunks(blob.unsafeArray());
    }

    /** The index, if this is the path of an entry. */
    public static Optional<Long> entryIndex(String path) {
        Matcher matcher = ENTRY.matcher(path);
        return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    /** The address, if this is the path of a blob. */
    public static Optional<ByteString> blobAddress(String path) {
        Matcher matcher = BLOB.matcher(path);
        return matcher.matches() ? Optional.of(ByteString.fromHex(matcher.group(1))) : Optional.empty();
    }
}
