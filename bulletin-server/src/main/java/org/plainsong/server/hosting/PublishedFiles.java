package org.plainsong.server.hosting;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.LogHead;
import org.plainsong.server.net.Publication;
import org.plainsong.server.store.ArchiveReader;
import org.plainsong.server.store.StoreException;

/** The public files of a group, read from its archive on threads that may wait for the disk. */
final class PublishedFiles implements Publication {
    private final ArchiveReader archive;
    private final Executor reading;
    private final ByteString definition;
    private final Supplier<Roster> roster;
    private final Ed25519.SigningKey key;
    private volatile LogHead head;
    private volatile @Nullable Note newest;

    private record Note(LogHead head, ByteString bytes) {}

    /**
     * The files.
     *
     * @param definition envelope of the definition
     * @param key signs the log
     * @param head of the log as far as it is on disk
     */
    PublishedFiles(
            ArchiveReader archive,
            Executor reading,
            ByteString definition,
            Supplier<Roster> roster,
            Ed25519.SigningKey key,
            LogHead head) {
        this.archive = archive;
        this.reading = reading;
        this.definition = definition;
        this.roster = roster;
        this.key = key;
        this.head = head;
    }

    /** The log has grown on disk. */
    void head(LogHead grown) {
        head = grown;
    }

    LogHead head() {
        return head;
    }

    @Override
    public boolean membersOnly() {
        return roster.get().policy().membersOnly();
    }

    @Override
    public CompletionStage<Optional<ByteString>> group() {
        return CompletableFuture.completedFuture(Optional.of(definition));
    }

    @Override
    public CompletionStage<Optional<ByteString>> checkpoint() {
        return CompletableFuture.supplyAsync(this::signedHead, reading);
    }

    private Optional<ByteString> signedHead() {
        Note known = newest;
        LogHead signed = head;
        if (known != null && known.head() == signed) {
            return Optional.of(known.bytes());
        }
        Roster now = roster.get();
        return now.serverNumber(new PublicKey(key.publicKey())).map(number -> {
            String origin = Checkpoint.origin(now.server(number), now.groupId());
            ByteString note = Checkpoint.of(origin, signed.size(), signed.root())
                    .sign(key)
                    .encode();
            newest = new Note(signed, note);
            return note;
        });
    }

    @Override
    public CompletionStage<Optional<ByteString>> entry(long index) {
        return read(() -> archive.entry(index));
    }

    @Override
    public CompletionStage<Optional<ByteString>> blob(ByteString address) {
        return read(() -> archive.blob(address));
    }

    private interface Query {
        Optional<ByteString> run() throws StoreException;
    }

    private CompletionStage<Optional<ByteString>> read(Query query) {
        CompletableFuture<Optional<ByteString>> result = new CompletableFuture<>();
        reading.execute(() -> {
            try {
                result.complete(query.run());
            } catch (StoreException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
