package org.plainsong.testbed.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.server.engine.StoreWrite;
import org.plainsong.server.engine.StoredState;

/** A server's disk: writes take time and are carried out in order; a crash loses those that were not done, but for some that were done and not told of. */
final class ServerDisk {
    private static final long RETRY_MILLIS = 200;

    private record Order(StoreWrite write, Runnable done, Consumer<String> failed) {}

    private final String process;
    private final Timeline time;
    private final Faults faults;
    private final Dice dice;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<ByteString, ByteString> blobs = new HashMap<>();
    private final Map<Long, Signed<RosterEntry>> heldRoster = new TreeMap<>();
    private final Map<String, ByteString> signed = new TreeMap<>();
    private long epochNumberUsed;
    private Optional<Entry> pendingRecord = Optional.empty();
    private final Deque<Order> orders = new ArrayDeque<>();
    private boolean busy;
    private int boots;

    ServerDisk(String process, Timeline time, Faults faults, Dice dice, Entry definition) {
        this.process = process;
        this.time = time;
        this.faults = faults;
        this.dice = dice;
        this.entries.add(definition);
    }

    /** What a process finds that starts now. */
    StoredState state() {
        return new StoredState(
                List.copyOf(entries), List.copyOf(heldRoster.values()), epochNumberUsed, signed, pendingRecord);
    }

    List<Entry> entries() {
        return entries;
    }

    Map<ByteString, ByteString> blobs() {
        return blobs;
    }

    /** Orders a write; the process hears when it is done, and first, once, that it cannot be done, if so. */
    void write(StoreWrite write, Runnable done, Consumer<String> failed) {
        orders.add(new Order(write, done, failed));
        work();
    }

    private void work() {
        if (busy || orders.isEmpty()) {
            return;
        }
        busy = true;
        int boot = boots;
        time.in(faults.diskMillis(process, time.now(), dice), () -> {
            if (boot == boots) {
                finish(true);
            }
        });
    }

    private void finish(boolean tell) {
        Order order = orders.element();
        if (faults.fullUntil(process, time.now()) > 0) {
            if (tell) {
                order.failed().accept("the disk is full");
            }
            int boot = boots;
            time.in(RETRY_MILLIS, () -> {
                if (boot == boots) {
                    finish(false);
                }
            });
            return;
        }
        orders.remove();
        apply(order.write());
        busy = false;
        order.done().run();
        work();
    }

    /** The process died: of what was ordered some may have been done. */
    void crash() {
        boots++;
        busy = false;
        int done = faults.fullUntil(process, time.now()) > 0 ? 0 : dice.between(0, orders.size());
        for (int i = 0; i < done; i++) {
            apply(orders.remove().write());
        }
        orders.clear();
    }

    private void apply(StoreWrite write) {
        switch (write) {
            case StoreWrite.AppendEntries(List<Entry> more, List<ByteString> named) -> {
                named.forEach(this::keep);
                more.forEach(this::append);
            }
            case StoreWrite.AddBlob(ByteString blob) -> keep(blob);
            case StoreWrite.PendingRecord(Entry entry, List<ByteString> named) -> {
                named.forEach(this::keep);
                pendingRecord = Optional.of(entry);
            }
            case StoreWrite.EpochNumberUsed(long number) -> epochNumberUsed = Math.max(epochNumberUsed, number);
            case StoreWrite.StatementSigned(String key, ByteString envelope) -> {
                ByteString before = signed.putIfAbsent(key, envelope);
                if (before != null && !before.equals(envelope)) {
                    throw new InvariantBroken("protocol 4.2", process + " writes a second statement under " + key);
                }
            }
            case StoreWrite.RosterEntryHeld(Signed<RosterEntry> entry) ->
                heldRoster.put(entry.message().index(), entry);
        }
    }

    private void keep(ByteString blob) {
        blobs.put(TranscriptFiles.addressOf(blob), blob);
    }

    private void append(Entry entry) {
        if (entry.index() != entries.size()) {
            throw new InvariantBroken(
                    "store", process + " writes entry " + entry.index() + " where " + entries.size() + " is to come");
        }
        entries.add(entry);
        pendingRecord = pendingRecord.filter(pending -> pending.index() > entry.index());
        if (entry.kind() == Entry.ROSTER) {
            heldRoster.keySet().removeIf(index -> index <= rosterIndex(entry));
        }
    }

    private static long rosterIndex(Entry entry) {
        try {
            return Envelopes.decode(entry.envelopes().getFirst(), RosterEntry.class)
                    .message()
                    .index();
        } catch (FormatException e) {
            throw new IllegalStateException("a server writes a roster entry that cannot be read", e);
        }
    }
}
