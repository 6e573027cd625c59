package org.plainsong.server.hosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.LogHead;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.server.store.ArchiveReader;

/** Writes the public files of a group into a directory, the same bytes that the port gives. */
public final class TranscriptExport {
    private static final long PIECE_BYTES = 1 << 20;

    private TranscriptExport() {}

    /**
     * What was written.
     *
     * @param entries number of entries
     * @param blobs number of blobs
     */
    public record Written(long entries, long blobs) {}

    /** Writes entries and blobs, and last a checkpoint over just these. */
    public static Written write(
            Signed<GroupDefinition> definition, ArchiveReader archive, Ed25519.SigningKey key, Path target)
            throws IOException {
        Files.createDirectories(target.resolve(TranscriptFiles.ENTRIES));
        Files.createDirectories(target.resolve(TranscriptFiles.BLOBS));
        Files.write(
                target.resolve(TranscriptFiles.GROUP),
                Envelopes.encode(definition).toByteArray());
        Set<ByteString> named = new LinkedHashSet<>();
        LogHead head = entries(archive, target, named);
        int blobs = 0;
        for (ByteString address : named) {
            Optional<ByteString> blob = archive.blob(address);
            if (blob.isPresent()) {
                Files.write(
                        target.resolve(TranscriptFiles.blob(address)),
                        blob.get().toByteArray());
                blobs++;
            }
        }
        ServerEntry self = definition.message().servers().stream()
                .filter(server -> server.key().equals(new PublicKey(key.publicKey())))
                .findFirst()
                .orElseThrow(() -> new IOException("the group's definition does not name this server"));
        String origin = Checkpoint.origin(self, Roster.groupId(definition));
        Files.write(
                target.resolve(TranscriptFiles.CHECKPOINT),
                Checkpoint.of(origin, head.size(), head.root())
                        .sign(key)
                        .encode()
                        .toByteArray());
        return new Written(head.size(), blobs);
    }

    private static LogHead entries(ArchiveReader archive, Path target, Set<ByteString> named) throws IOException {
        LogHead head = LogHead.EMPTY;
        List<ByteString> piece = archive.entries(0, PIECE_BYTES);
        while (!piece.isEmpty()) {
            for (ByteString entry : piece) {
                Files.write(target.resolve(TranscriptFiles.entry(head.size())), entry.toByteArray());
                try {
                    Entry decoded = EntryCodec.decode(entry);
                    named.addAll(blobsOf(decoded));
                    head = LogGrowth.extended(head, decoded);
                } catch (FormatException e) {
                    throw new IOException("entry " + head.size() + " of the archive cannot be read", e);
                }
            }
            piece = archive.entries(head.size(), PIECE_BYTES);
        }
        return head;
    }

    /** The blobs that an entry names: an opening record its setup bundle, a record the servers' shares. A share of an attempt that came to nothing is named by none. */
    private static List<ByteString> blobsOf(Entry entry) throws FormatException {
        return switch (entry.kind()) {
            case Entry.OPENING_RECORD -> List.of(entry.body());
            case Entry.RECORD ->
                Envelopes.decode(entry.envelopes().get(0), Record.class)
                        .message()
                        .shareRoots();
            default -> List.of();
        };
    }
}
