package org.plainsong.server.hosting;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.server.net.Connection;
import org.plainsong.server.store.ArchiveReader;
import org.plainsong.server.store.StoreException;

/**
 * Sends the transcript, entry by entry, to whoever wants it: what lies behind from the archive and only as fast as it is read, what is new at once and encoded
 * once for all.
 */
final class Feeds {
    private static final long PIECE_BYTES = 1 << 18;
    /** Entries that are kept at hand: the newest are published while their last signatures are still on the way to the disk. */
    private static final int RECENT = 16;

    private final ArchiveReader archive;
    private final Executor reading;
    private final Map<Connection, Feed> live = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Long, ByteString> recent = new ConcurrentSkipListMap<>();
    private volatile long published;

    Feeds(ArchiveReader archive, Executor reading, long published) {
        this.archive = archive;
        this.reading = reading;
        this.published = published;
    }

    /** Entries from this index on, and every later one. */
    void follow(Connection connection, long from) {
        Feed feed = new Feed(connection, from, Long.MAX_VALUE);
        live.put(connection, feed);
        feed.catchUp();
    }

    /** Entries from this index up to the newest, once. */
    void sendOnce(Connection connection, long from) {
        new Feed(connection, from, published).catchUp();
    }

    /** An entry is on disk and counts. */
    void publish(Entry entry) {
        ByteString bytes = EntryCodec.encode(entry);
        recent.put(entry.index(), bytes);
        recent.headMap(entry.index() - RECENT, true).clear();
        published = entry.index() + 1;
        ByteBuf encoded = Connection.encodeForMany(new Frame.EntryFrame(entry.index(), bytes));
        for (Feed feed : live.values()) {
            feed.offer(entry.index(), encoded);
        }
        encoded.release();
        live.keySet().removeIf(connection -> !connection.isOpen());
    }

    void end(Connection connection) {
        live.remove(connection);
    }

    private final class Feed {
        private final Connection connection;
        private final long until;
        private long next;
        private boolean reads;

        Feed(Connection connection, long next, long until) {
            this.connection = connection;
            this.next = next;
            this.until = until;
        }

        synchronized void offer(long index, ByteBuf encoded) {
            if (!reads && index == next && connection.hasRoom()) {
                next++;
                connection.send(encoded.retainedDuplicate());
            } else {
                catchUp();
            }
        }

        synchronized void catchUp() {
            if (!reads && next < Math.min(until, published) && connection.isOpen()) {
                reads = true;
                read();
            }
        }

        private void read() {
            connection.whenRoom(() -> reading.execute(this::piece));
        }

        private void piece() {
            try {
                List<ByteString> stored = archive.entries(next, PIECE_BYTES);
                send(stored.isEmpty() ? atHand(next) : stored);
            } catch (StoreException e) {
                connection.close();
            }
        }

        private List<ByteString> atHand(long from) {
            List<ByteString> entries = new ArrayList<>();
            for (ByteString entry = recent.get(from); entry != null; entry = recent.get(from + entries.size())) {
                entries.add(entry);
            }
            return entries;
        }

        private synchronized void send(List<ByteString> entries) {
            for (ByteString entry : entries) {
                if (next < until) {
                    connection.send(new Frame.EntryFrame(next, entry));
                    next++;
                }
            }
            if (next < Math.min(until, published) && !entries.isEmpty() && connection.isOpen()) {
                read();
            } else {
                reads = false;
            }
        }
    }
}
