package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.SubmittedItem;

/**
 * The enrolments that count, by member (protocol §4.1 step 4).
 *
 * @param enrolments one for each member
 * @param hashes SHA-256 of the payload of each
 */
public record Roll(SortedMap<MemberId, Signed<Enrolment>> enrolments, SortedMap<MemberId, ByteString> hashes) {
    /** Copies the maps. */
    public Roll {
        enrolments = Collections.unmodifiableSortedMap(new TreeMap<>(enrolments));
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    /** The hashes that the M sets name, by member; names of others than the eligible are no names. */
    static SortedMap<MemberId, SortedSet<ByteString>> union(
            Collection<MemberId> eligible, Collection<Signed<EnrolmentSet>> sets) {
        SortedMap<MemberId, SortedSet<ByteString>> union = new TreeMap<>();
        for (Signed<EnrolmentSet> set : sets) {
            for (EnrolmentRef ref : set.message().entries()) {
                if (eligible.contains(ref.member())) {
                    union.computeIfAbsent(ref.member(), m -> new TreeSet<>()).add(ref.hash());
                }
            }
        }
        return union;
    }

    /**
     * The roll that follows from a union: whoever has exactly one enrolment in it, and that well-formed. Two different ones of this epoch exclude their member,
     * whatever their shape; a name under which stands another member's enrolment is no name.
     *
     * @param known enrolments of this epoch by SHA-256 of the payload, all that the union names
     */
    static Roll of(
            Terms terms,
            SortedMap<MemberId, SortedSet<ByteString>> union,
            SortedMap<ByteString, Signed<Enrolment>> known) {
        SortedMap<MemberId, Signed<Enrolment>> counted = new TreeMap<>();
        SortedMap<MemberId, ByteString> hashes = new TreeMap<>();
        union.forEach((member, named) -> {
            List<ByteString> own = own(member, named, known);
            Signed<Enrolment> only = own.size() == 1 ? known.get(own.get(0)) : null;
            if (only != null && terms.isWellFormed(only.message())) {
                counted.put(member, only);
                hashes.put(member, own.get(0));
            }
        });
        return new Roll(counted, hashes);
    }

    /** Those of the named enrolments that are this member's. */
    static List<ByteString> own(
            MemberId member, Collection<ByteString> named, SortedMap<ByteString, Signed<Enrolment>> known) {
        List<ByteString> own = new ArrayList<>();
        for (ByteString hash : named) {
            Signed<Enrolment> enrolment = known.get(hash);
            if (enrolment == null) {
                throw new IllegalStateException("enrolment " + hash + " is in the union and not held");
            }
            if (enrolment.message().member().equals(member)) {
                own.add(hash);
            }
        }
        return own;
    }

    /** The roll without these members. */
    Roll without(Collection<MemberId> members) {
        SortedMap<MemberId, Signed<Enrolment>> fewer = new TreeMap<>(enrolments);
        fewer.keySet().removeAll(members);
        SortedMap<MemberId, ByteString> fewerHashes = new TreeMap<>(hashes);
        fewerHashes.keySet().removeAll(members);
        return new Roll(fewer, fewerHashes);
    }

    /** SHA-256 over the payload hashes in member order. */
    ByteString hash() {
        return Hash.sha256(hashes.values().toArray(ByteString[]::new));
    }

    /** The members, ascending. */
    public SortedSet<MemberId> members() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(enrolments.keySet()));
    }

    /** Number of members. */
    public int size() {
        return enrolments.size();
    }

    /** L_0 with its owners: in (member, index) order (protocol §4.3 hops). */
    List<SubmittedItem> submitted() {
        List<SubmittedItem> items = new ArrayList<>();
        enrolments.forEach((member, enrolment) -> {
            List<ByteString> own = enrolment.message().items();
            for (int index = 0; index < own.size(); index++) {
                items.add(new SubmittedItem(new ItemRef(member, index), own.get(index)));
            }
        });
        return items;
    }
}
