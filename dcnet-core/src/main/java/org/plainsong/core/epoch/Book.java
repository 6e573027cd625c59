package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.shuffle.ShuffleList;

/**
 * Every statement of one setup that a server holds, in whatever order they came; never changed, a new one holds one more. Of a server one statement under one
 * key (protocol §4.2); of a member at most two different ones, which is as many as evidence needs.
 *
 * @param servers statements of servers
 * @param lists lists of hops that came with a list that fits, by server number
 * @param enrolments by member
 * @param enrolmentsByHash by SHA-256 of the payload
 * @param confirmations by member
 * @param tagOpenings by member, index being the server's number
 * @param openings by item
 * @param lost by member
 */
record Book(
        SortedMap<Key, Packet<?>> servers,
        SortedMap<Integer, ShuffleList> lists,
        SortedMap<MemberId, List<Signed<Enrolment>>> enrolments,
        SortedMap<ByteString, Signed<Enrolment>> enrolmentsByHash,
        SortedMap<MemberId, List<Signed<Confirmation>>> confirmations,
        SortedMap<ItemRef, Signed<TagOpening>> tagOpenings,
        SortedMap<ItemRef, Signed<Opening>> openings,
        SortedMap<MemberId, Signed<LostSeed>> lost) {

    private static final int EVIDENCE = 2;

    /** Kinds of server statements: one statement of one kind by one server. */
    enum Kind {
        PROPOSAL,
        ANNOUNCEMENT,
        ENROLMENT_SET,
        ENROLMENT_CHECK,
        TAG_OPENING_SET,
        /** List and declaration are one kind. */
        HOP,
        CHAIN_CHECK,
        CONFIRMATION_SET,
        /** To reveal the inner seed and to end the run are one kind. */
        REVEAL,
        LINK,
        OPENING_SET,
        /** The signature under the opening record and <em>failed</em> are one kind. */
        OUTCOME
    }

    /** One key. */
    record Key(Kind kind, int server) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int c = kind.compareTo(other.kind);
            return c != 0 ? c : Integer.compare(server, other.server);
        }
    }

    static Book empty() {
        return new Book(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    @Nullable
    Packet<?> server(Kind kind, int server) {
        return servers.get(new Key(kind, server));
    }

    /** A server's statement if it is of this type; the kinds that hold two types need the distinction. */
    <M extends Message> Optional<Signed<M>> statement(Kind kind, int server, Class<M> type) {
        return packet(kind, server, type).map(Packet::statement);
    }

    /** As {@link #statement}, with the body. */
    @SuppressWarnings("unchecked") // The message's class has been looked at.
    <M extends Message> Optional<Packet<M>> packet(Kind kind, int server, Class<M> type) {
        Packet<?> held = servers.get(new Key(kind, server));
        return held != null && type.isInstance(held.statement().message())
                ? Optional.of((Packet<M>) held)
                : Optional.empty();
    }

    /** The M statements of one type, by number, or nothing if one is missing. */
    <M extends Message> Optional<List<Signed<M>>> all(Kind kind, int count, Class<M> type) {
        List<Signed<M>> found = new ArrayList<>(count);
        for (int j = 1; j <= count; j++) {
            Optional<Signed<M>> one = statement(kind, j, type);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            found.add(one.get());
        }
        return Optional.of(found);
    }

    Book withServer(Key key, Packet<?> packet) {
        return new Book(
                with(servers, key, packet),
                lists,
                enrolments,
                enrolmentsByHash,
                confirmations,
                tagOpenings,
                openings,
                lost);
    }

    Book withList(int server, ShuffleList list) {
        return new Book(
                servers,
                with(lists, server, list),
                enrolments,
                enrolmentsByHash,
                confirmations,
                tagOpenings,
                openings,
                lost);
    }

    Book withEnrolment(Signed<Enrolment> enrolment, boolean counts) {
        ByteString hash = Hash.sha256(enrolment.payload());
        if (enrolmentsByHash.containsKey(hash)) {
            return this;
        }
        MemberId member = enrolment.message().member();
        List<Signed<Enrolment>> before = enrolments.getOrDefault(member, List.of());
        boolean kept = counts && before.size() < EVIDENCE;
        return new Book(
                servers,
                lists,
                kept ? with(enrolments, member, plus(before, enrolment)) : enrolments,
                with(enrolmentsByHash, hash, enrolment),
                confirmations,
                tagOpenings,
                openings,
                lost);
    }

    /** Without enrolments that came before the announcements and do not fit them. */
    Book withWellFormed(Terms terms) {
        SortedMap<MemberId, List<Signed<Enrolment>>> fitting = new TreeMap<>();
        enrolments.forEach((member, own) -> {
            List<Signed<Enrolment>> kept =
                    own.stream().filter(e -> terms.isWellFormed(e.message())).toList();
            if (!kept.isEmpty()) {
                fitting.put(member, kept);
            }
        });
        return new Book(servers, lists, fitting, enrolmentsByHash, confirmations, tagOpenings, openings, lost);
    }

    Book withConfirmation(Signed<Confirmation> confirmation) {
        MemberId member = confirmation.message().member();
        List<Signed<Confirmation>> before = confirmations.getOrDefault(member, List.of());
        boolean known = before.stream().anyMatch(c -> c.payload().equals(confirmation.payload()));
        if (known || before.size() >= EVIDENCE) {
            return this;
        }
        return new Book(
                servers,
                lists,
                enrolments,
                enrolmentsByHash,
                with(confirmations, member, plus(before, confirmation)),
                tagOpenings,
                openings,
                lost);
    }

    Book withTagOpening(ItemRef key, Signed<TagOpening> opening) {
        return tagOpenings.containsKey(key)
                ? this
                : new Book(
                        servers,
                        lists,
                        enrolments,
                        enrolmentsByHash,
                        confirmations,
                        with(tagOpenings, key, opening),
                        openings,
                        lost);
    }

    Book withOpening(ItemRef key, Signed<Opening> opening) {
        return openings.containsKey(key)
                ? this
                : new Book(
                        servers,
                        lists,
                        enrolments,
                        enrolmentsByHash,
                        confirmations,
                        tagOpenings,
                        with(openings, key, opening),
                        lost);
    }

    Book withLost(Signed<LostSeed> statement) {
        MemberId member = statement.message().member();
        return lost.containsKey(member)
                ? this
                : new Book(
                        servers,
                        lists,
                        enrolments,
                        enrolmentsByHash,
                        confirmations,
                        tagOpenings,
                        openings,
                        with(lost, member, statement));
    }

    private static <K, V> SortedMap<K, V> with(SortedMap<K, V> map, K key, V value) {
        SortedMap<K, V> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }

    private static <T> List<T> plus(List<T> list, T value) {
        List<T> more = new ArrayList<>(list);
        more.add(value);
        return List.copyOf(more);
    }
}
