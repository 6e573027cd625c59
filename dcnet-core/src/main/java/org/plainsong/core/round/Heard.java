package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/**
 * The statements of one attempt that a server holds, its own too, and who has contradicted itself (protocol §4.2: one statement under one key; record and failed of one
 * attempt are one kind). Of two different ones the first is kept. Immutable.
 *
 * @param statements by kind, then by server number
 * @param contradicted by kind, the servers that signed two different statements of it
 * @param restarted servers that have lost this epoch's secrets since the attempt began
 */
public record Heard(
        SortedMap<Kind, SortedMap<Integer, Packet<?>>> statements,
        SortedMap<Kind, SortedSet<Integer>> contradicted,
        SortedSet<Integer> restarted) {
    /** Nothing yet. */
    public static final Heard NOTHING = new Heard(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());

    /** Kinds of statements between servers within an attempt, in the order in which they follow each other. */
    public enum Kind {
        /** {@link Inventory}. */
        INVENTORY(Inventory.TYPE),
        /** {@link Commitment}. */
        COMMITMENT(Commitment.TYPE),
        /** {@link Reveal}; the packet's body is the share. */
        REVEAL(Reveal.TYPE),
        /** {@link Record} with one server's signature. */
        RECORD(Record.TYPE),
        /** {@link Failed}. */
        FAILED(Failed.TYPE);

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** Type string of its statements. */
        public String type() {
            return type;
        }

        /** The kind of a statement, empty if servers do not say it within an attempt. */
        public static Optional<Kind> of(Message message) {
            return ofType(message.type());
        }

        /** The kind with this type string. */
        public static Optional<Kind> ofType(String type) {
            for (Kind kind : values()) {
                if (kind.type.equals(type)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** With a statement of this server, the first of its kind. */
    Heard with(Kind kind, int server, Packet<?> packet) {
        SortedMap<Kind, SortedMap<Integer, Packet<?>>> next = new TreeMap<>(statements);
        SortedMap<Integer, Packet<?>> ofKind = new TreeMap<>(ofKind(kind));
        ofKind.put(server, packet);
        next.put(kind, ofKind);
        return new Heard(next, contradicted, restarted);
    }

    /** With the note that this server contradicted itself. */
    Heard withContradiction(Kind kind, int server) {
        SortedMap<Kind, SortedSet<Integer>> next = new TreeMap<>(contradicted);
        SortedSet<Integer> servers = new TreeSet<>(next.getOrDefault(kind, new TreeSet<>()));
        servers.add(server);
        next.put(kind, servers);
        return new Heard(statements, next, restarted);
    }

    /** With the note that this server has restarted. */
    Heard withRestarted(int server) {
        SortedSet<Integer> next = new TreeSet<>(restarted);
        next.add(server);
        return new Heard(statements, contradicted, next);
    }

    /** The violation that this statement makes together with one that is held, if it does. */
    Optional<Violation> contradictionWith(Kind kind, int server, Packet<?> packet) {
        Optional<Packet<?>> same = get(kind, server);
        if (same.isPresent()) {
            return differ(same.get(), packet)
                    ? Optional.of(twoStatements(same.get().statement(), packet.statement()))
                    : Optional.empty();
        }
        return switch (kind) {
            case RECORD -> get(Kind.FAILED, server).map(other -> twoStatements(other.statement(), packet.statement()));
            case FAILED -> get(Kind.RECORD, server).map(other -> twoStatements(other.statement(), packet.statement()));
            case INVENTORY, COMMITMENT, REVEAL -> Optional.empty();
        };
    }

    private static boolean differ(Packet<?> one, Packet<?> other) {
        return !one.statement().payload().equals(other.statement().payload());
    }

    private static Violation twoStatements(Signed<?> first, Signed<?> second) {
        return Violation.of(first.signer(), Rule.TWO_STATEMENTS, Evidence.of(first, second));
    }

    /** The statement of this kind of this server, if held. */
    public Optional<Packet<?>> get(Kind kind, int server) {
        return Optional.ofNullable(ofKind(kind).get(server));
    }

    /** Whether one is held of each of the M servers. */
    boolean hasAll(Kind kind, int serverCount) {
        return ofKind(kind).size() == serverCount;
    }

    /** Whether any is held. */
    boolean hasAny(Kind kind) {
        return !ofKind(kind).isEmpty();
    }

    /** Whether some server signed two different statements of this kind. */
    boolean isContradicted(Kind kind) {
        return contradicted.containsKey(kind);
    }

    /** The servers of 1..M whose statement of this kind is not held, ascending. */
    List<Integer> missing(Kind kind, int serverCount) {
        List<Integer> missing = new ArrayList<>();
        for (int server = 1; server <= serverCount; server++) {
            if (!ofKind(kind).containsKey(server)) {
                missing.add(server);
            }
        }
        return missing;
    }

    /** All held statements of this kind, by server. */
    SortedMap<Integer, Packet<?>> ofKind(Kind kind) {
        SortedMap<Integer, Packet<?>> held = statements.get(kind);
        return held == null ? new TreeMap<>() : held;
    }

    List<Signed<Inventory>> inventories() {
        return signed(Kind.INVENTORY, Inventory.class);
    }

    List<Signed<Commitment>> commitments() {
        return signed(Kind.COMMITMENT, Commitment.class);
    }

    List<Signed<Record>> records() {
        return signed(Kind.RECORD, Record.class);
    }

    List<Signed<Failed>> faileds() {
        return signed(Kind.FAILED, Failed.class);
    }

    /** The held reveals with their shares, in server order. */
    List<Packet<Reveal>> reveals() {
        List<Packet<Reveal>> reveals = new ArrayList<>();
        Collection<Packet<?>> held = ofKind(Kind.REVEAL).values();
        for (Packet<?> packet : held) {
            reveals.add(new Packet<>(typed(packet.statement(), Reveal.class), packet.body()));
        }
        return reveals;
    }

    private <M extends Message> List<Signed<M>> signed(Kind kind, Class<M> type) {
        List<Signed<M>> list = new ArrayList<>();
        for (Packet<?> packet : ofKind(kind).values()) {
            list.add(typed(packet.statement(), type));
        }
        return list;
    }

    /** The same statement with the type that its kind has. */
    static <M extends Message> Signed<M> typed(Signed<?> signed, Class<M> type) {
        return new Signed<>(type.cast(signed.message()), signed.payload(), signed.signatures());
    }
}
