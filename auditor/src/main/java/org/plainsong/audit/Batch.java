package org.plainsong.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/**
 * Entries read ahead, with their signatures checked ahead. Bounded in number and, once the first large one has come, in bytes.
 *
 * @param items one for each index from the first on; the last is the first that could not be read, if there is one
 */
record Batch(List<Item> items) {
    /** Most entries of a batch. */
    static final int MOST_ENTRIES = 256;
    /** Most bytes of an entry's file: an output or the statements of 16 servers. */
    static final int MOST_BYTES = 1 << 27;
    /** A batch after one with more bytes than this has one entry only, so that large rounds do not pile up. */
    private static final long MANY_BYTES = 32L << 20;

    /**
     * An entry, or why there is none.
     *
     * @param index its index
     * @param entry the entry, if it was there and could be read
     * @param problem what is wrong with the file, if it was there and could not be read
     * @param bytes size of the file
     */
    record Item(long index, Optional<Entry> entry, Optional<String> problem, long bytes) {}

    /** Whether every entry that was asked for is there. */
    boolean isWhole() {
        return !items.isEmpty() && items.getLast().entry().isPresent();
    }

    /** How many entries the batch after this one may have. */
    int nextSize() {
        long bytes = items.stream().mapToLong(Item::bytes).sum();
        return bytes > MANY_BYTES ? 1 : Math.min(MOST_ENTRIES, Math.max(16, 2 * items.size()));
    }

    /** Reads entries from {@code first} on, up to {@code count} of them, on all cores. */
    static Batch read(TranscriptSource source, PrecheckedSignatures signatures, long first, int count) {
        List<Item> items = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> readOne(source, signatures, first + i))
                .toList();
        List<Item> upToTheFirstGap = new ArrayList<>();
        for (Item item : items) {
            upToTheFirstGap.add(item);
            if (item.entry().isEmpty()) {
                break;
            }
        }
        return new Batch(upToTheFirstGap);
    }

    private static Item readOne(TranscriptSource source, PrecheckedSignatures signatures, long index) {
        try {
            Optional<ByteString> bytes = source.read(TranscriptFiles.entry(index), MOST_BYTES);
            if (bytes.isEmpty()) {
                return new Item(index, Optional.empty(), Optional.empty(), 0);
            }
            Entry entry = EntryCodec.decode(bytes.get());
            if (entry.index() != index) {
                return broken(index, "holds entry " + entry.index());
            }
            for (ByteString envelope : entry.envelopes()) {
                Signed<?> signed = Envelopes.decode(envelope);
                signatures.prepare(signed);
            }
            return new Item(
                    index, Optional.of(entry), Optional.empty(), bytes.get().size());
        } catch (FormatException | TranscriptSource.TooLargeException e) {
            return broken(index, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Item broken(long index, String problem) {
        return new Item(index, Optional.empty(), Optional.of(problem), 0);
    }
}
