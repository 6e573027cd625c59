package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.message.EpochId;

/**
 * What a vault holds of one group: the fold of its {@link VaultRecord}s in the order they were written. A node starts from
 * it; the vault writes it out again, shorter, when it compacts. Not safe for several threads.
 */
public final class Kept {
    private final Map<ContentId, VaultRecord.Outgoing> outgoing = new LinkedHashMap<>();
    private final Set<ContentId> published = new LinkedHashSet<>();
    private final Map<ContentId, VaultRecord.Received> received = new LinkedHashMap<>();
    private final Map<EpochId, VaultRecord.Enrolled> enrolled = new LinkedHashMap<>();
    private long lastEpoch;
    private long progress;

    /** What a new vault holds. */
    public Kept() {}

    /** Takes the next record. */
    public void apply(VaultRecord kept) {
        switch (kept) {
            case VaultRecord.Outgoing item -> outgoing.put(item.id(), item);
            case VaultRecord.OutgoingEnded ended -> {
                if (ended.published()) {
                    published.add(ended.id());
                } else {
                    outgoing.remove(ended.id());
                }
            }
            case VaultRecord.Received content -> received.putIfAbsent(content.id(), content);
            case VaultRecord.Enrolled own -> {
                enrolled.put(own.epoch(), own);
                lastEpoch = Math.max(lastEpoch, own.number());
            }
            case VaultRecord.EnrolmentErased erased -> enrolled.remove(erased.epoch());
            case VaultRecord.LastEpoch last -> lastEpoch = Math.max(lastEpoch, last.number());
            case VaultRecord.Progress reached -> progress = Math.max(progress, reached.entries());
        }
    }

    /** Records that fold to the same, without what has become of no use. */
    public List<VaultRecord> records() {
        List<VaultRecord> records = new ArrayList<>();
        if (lastEpoch > 0) {
            records.add(new VaultRecord.LastEpoch(lastEpoch));
        }
        records.addAll(outgoing.values());
        published.forEach(id -> records.add(new VaultRecord.OutgoingEnded(id, true)));
        records.addAll(received.values());
        records.addAll(enrolled.values());
        if (progress > 0) {
            records.add(new VaultRecord.Progress(progress));
        }
        return records;
    }

    /** Everything that this member wrote and did not take back, oldest first. */
    public List<VaultRecord.Outgoing> outgoing() {
        return List.copyOf(outgoing.values());
    }

    /** Whether it stands in certified records already. */
    public boolean isPublished(ContentId id) {
        return published.contains(id);
    }

    /** Contents that arrived, in order. */
    public List<VaultRecord.Received> received() {
        return List.copyOf(received.values());
    }

    /** Enrolment secrets that a trace may still ask for. */
    public List<VaultRecord.Enrolled> enrolled() {
        return List.copyOf(enrolled.values());
    }

    /** The enrolment secrets of an epoch, while they are kept. */
    public Optional<VaultRecord.Enrolled> enrolled(EpochId epoch) {
        return Optional.ofNullable(enrolled.get(epoch));
    }

    /** Number of the last epoch that any process of this member enrolled in, 0 for none: it never enrols in this one or one below. */
    public long lastEpoch() {
        return lastEpoch;
    }

    /** Entries whose contents are all here. */
    public long progress() {
        return progress;
    }
}
