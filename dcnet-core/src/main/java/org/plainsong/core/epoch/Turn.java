package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Culprit;
import org.plainsong.core.verdict.Violation;

/** One step in the making: what is held by now and the effects so far. Lives for one call of the machine. */
final class Turn {
    private final SetupContext context;
    private final long now;
    private final List<SetupEffect> effects = new ArrayList<>();
    private Held held;
    private boolean expired;
    private SetupWork.@Nullable Result result;

    Turn(SetupContext context, Held held, long now) {
        this.context = context;
        this.held = held;
        this.now = now;
    }

    SetupContext context() {
        return context;
    }

    long now() {
        return now;
    }

    Held held() {
        return held;
    }

    Book book() {
        return held.book();
    }

    List<SetupEffect> effects() {
        return effects;
    }

    void hold(Held next) {
        held = next;
    }

    void hold(Book next) {
        held = held.with(next);
    }

    /** Whether the phase's patience has ended in this step and no phase has taken note yet. */
    boolean expired() {
        return expired;
    }

    void expire() {
        expired = true;
    }

    void deliver(SetupWork.Result done) {
        result = done;
    }

    /** The result of this type that came with this step, once. */
    <R extends SetupWork.Result> @Nullable R take(Class<R> type) {
        if (type.isInstance(result)) {
            R taken = type.cast(result);
            result = null;
            return taken;
        }
        return null;
    }

    /** Starts the patience of a phase anew: this many of the policy's setup deadlines from now. */
    void patience(int deadlines) {
        long at = now + (long) deadlines * context.policy().setupDeadlineMillis();
        expired = false;
        held = held.withDeadline(at);
        effects.add(new SetupEffect.SetDeadline(at));
    }

    /** Signs an own statement, notes it in the book and sends it to the other servers. */
    <M extends Message> Packet<M> say(Book.Kind kind, Packet<M> packet, boolean storeFirst) {
        Frame frame = new Frame.Statement(packet);
        held = held.with(book().withServer(new Book.Key(kind, context.self()), packet))
                .withSaid(frame);
        effects.add(new SetupEffect.Send(new Audience.Servers(), frame, storeFirst));
        return packet;
    }

    /** As above, for a statement without a body that need not be on disk. */
    <M extends Message> Signed<M> say(Book.Kind kind, M message) {
        return say(kind, Packet.of(context.signer().sign(message)), false).statement();
    }

    /** Sends a statement that is already signed to members, own or passed on. */
    void tell(SortedSet<MemberId> members, Signed<?> statement) {
        send(members, new Frame.Statement(Packet.of(statement)));
    }

    void send(SortedSet<MemberId> members, Frame frame) {
        if (!members.isEmpty()) {
            effects.add(new SetupEffect.Send(new Audience.Members(members), frame, false));
        }
    }

    void send(int server, Frame frame) {
        effects.add(new SetupEffect.Send(new Audience.Server(server), frame, false));
    }

    void work(SetupWork work) {
        effects.add(new SetupEffect.Work(work));
    }

    void add(SetupEffect effect) {
        effects.add(effect);
    }

    /** Notes a violation once for each culprit and rule; what convicts a server is passed on to the other servers. */
    void found(Violation violation) {
        if (held.knows(violation)) {
            return;
        }
        held = held.withViolation(violation);
        effects.add(new SetupEffect.Found(violation));
        if (violation.culprit() instanceof Culprit.OfServer) {
            for (Signed<?> statement : violation.evidence().statements()) {
                if (context.parties()
                        .servers()
                        .contains(statement.signatures().get(0).signer())) {
                    effects.add(new SetupEffect.Send(
                            new Audience.Servers(), new Frame.Statement(Packet.of(statement)), false));
                }
            }
        }
    }

    /** Whether a server of this setup is convicted. */
    boolean serverConvicted() {
        return held.violations().stream().anyMatch(v -> v.culprit() instanceof Culprit.OfServer);
    }

    /** Passes on every statement of the other servers, without bodies: whoever was shown another one can prove it (protocol §4.2). */
    void passOn() {
        for (Map.Entry<Book.Key, Packet<?>> entry : book().servers().entrySet()) {
            if (entry.getKey().server() != context.self()) {
                Frame frame = new Frame.Statement(Packet.of(entry.getValue().statement()));
                effects.add(new SetupEffect.Send(new Audience.Servers(), frame, false));
            }
        }
    }

    /** Numbers of the servers that have not made a statement of this kind. */
    SortedSet<Integer> missing(Book.Kind kind) {
        SortedSet<Integer> missing = new TreeSet<>();
        for (int j = 1; j <= context.servers(); j++) {
            if (book().server(kind, j) == null) {
                missing.add(j);
            }
        }
        return missing;
    }

    /** Whether all of these that are connected here have answered and at least so many have; false while nobody is known to be connected. */
    boolean allConnectedIn(Collection<MemberId> answered, Collection<MemberId> asked, int least) {
        if (held.connected().isEmpty() || answered.size() < least) {
            return false;
        }
        for (MemberId member : held.connected().get()) {
            if (asked.contains(member) && !answered.contains(member)) {
                return false;
            }
        }
        return true;
    }
}
