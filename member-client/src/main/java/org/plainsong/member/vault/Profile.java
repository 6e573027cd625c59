package org.plainsong.member.vault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.engine.Kept;

/** What a vault holds: the fold of its {@link ProfileRecord}s. Not safe for several threads. */
public final class Profile {
    private ProfileRecord.@Nullable Identity identity;
    private final Map<GroupId, ByteString> definitions = new LinkedHashMap<>();
    private final Map<GroupId, Kept> kept = new LinkedHashMap<>();

    /** Takes the next record. */
    public void apply(ProfileRecord next) {
        switch (next) {
            case ProfileRecord.Identity keys -> identity = keys;
            case ProfileRecord.Group joined -> definitions.put(joined.group(), joined.definition());
            case ProfileRecord.OfGroup about -> kept(about.group()).apply(about.what());
        }
    }

    /** The person's keys, once they were made. */
    public Optional<ProfileRecord.Identity> identity() {
        return Optional.ofNullable(identity);
    }

    /** The groups, in the order they were joined, with the envelopes of their definitions. */
    public Map<GroupId, ByteString> groups() {
        return new LinkedHashMap<>(definitions);
    }

    /** What is kept of a group; new and empty for one that nothing is known of. */
    public Kept kept(GroupId group) {
        return kept.computeIfAbsent(group, g -> new Kept());
    }

    /** Records that fold to the same, without what has become of no use. */
    public List<ProfileRecord> records() {
        List<ProfileRecord> records = new ArrayList<>();
        identity().ifPresent(records::add);
        definitions.forEach((group, definition) -> records.add(new ProfileRecord.Group(group, definition)));
        kept.forEach((group, known) -> known.records().forEach(r -> records.add(new ProfileRecord.OfGroup(group, r))));
        return records;
    }
}
