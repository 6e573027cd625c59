package org.plainsong.server.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.epoch.Audience;
import org.plainsong.core.epoch.SetupContext;
import org.plainsong.core.epoch.SetupEffect;
import org.plainsong.core.epoch.SetupEvent;
import org.plainsong.core.epoch.SetupMachine;
import org.plainsong.core.epoch.SetupState;
import org.plainsong.core.epoch.SetupWork;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;

/** Runs the machine of one setup at this server: carries its effects to the desk and brings it what happens (protocol §4). */
final class SetupInHand {
    /** How a setup ended. */
    sealed interface Outcome {
        /** The epoch is open. */
        record Open(SetupEffect.Opened opened) implements Outcome {}

        /** There is no epoch with this number. */
        record Void(SetupEffect.Voided voided) implements Outcome {}
    }

    private final Site site;
    private final SetupContext context;
    private final Deque<SetupEvent> pending = new ArrayDeque<>();
    private final Map<ByteString, Packet<?>> enrolments = new HashMap<>();
    private SetupState state;
    private final List<MemberId> answered = new ArrayList<>();
    private @Nullable Outcome outcome;
    private Optional<String> waitingFor = Optional.empty();

    private SetupInHand(Site site, SetupContext context, Step<SetupState, SetupEffect> first) {
        this.site = site;
        this.context = context;
        this.state = first.next();
    }

    static SetupInHand begin(Site site, SetupContext context) {
        Step<SetupState, SetupEffect> first = SetupMachine.start(context, site.randomness, site.desk.now());
        SetupInHand phase = new SetupInHand(site, context, first);
        phase.carryOut(first.effects());
        phase.attendanceChanged();
        return phase;
    }

    SetupContext context() {
        return context;
    }

    /** How it ended; empty while it goes on. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    Optional<String> waitingFor() {
        return waitingFor;
    }

    /** Number of the epoch. */
    long number() {
        return context.proposal().message().epoch();
    }

    /** The enrolment with this payload hash, if this server holds it, for a server that asks. */
    Optional<Packet<?>> enrolment(ByteString hash) {
        return Optional.ofNullable(enrolments.get(hash));
    }

    /** Members that were set aside and have answered since, once. */
    List<MemberId> takeAnswered() {
        List<MemberId> members = List.copyOf(answered);
        answered.clear();
        return members;
    }

    /** Name of the phase, for status. */
    String phaseName() {
        return state.phaseName();
    }

    void received(Packet<?> packet) {
        if (packet.statement().message() instanceof Enrolment enrolment
                && enrolment.epoch().equals(context.epoch())
                && enrolments.size() < 2 * context.parties().members().size()) {
            enrolments.put(Hash.sha256(packet.statement().payload()), packet);
        }
        feed(new SetupEvent.Received(packet, site.desk.now()));
    }

    void deadline() {
        feed(new SetupEvent.DeadlinePassed(site.desk.now()));
    }

    void attendanceChanged() {
        feed(new SetupEvent.Connected(site.attendance.present(), site.desk.now()));
    }

    void peerUp(int server) {
        feed(new SetupEvent.PeerUp(server, site.desk.now()));
    }

    private void feed(SetupEvent event) {
        pending.add(event);
        if (pending.size() > 1) {
            return;
        }
        while (!pending.isEmpty()) {
            Step<SetupState, SetupEffect> step = SetupMachine.step(context, state, pending.element());
            state = step.next();
            carryOut(step.effects());
            pending.remove();
        }
    }

    /** The result is the same however the work is cut: parts are put together in the order of their ranges. */
    private SetupWork.Result done(SetupWork work) {
        SortedMap<Integer, SetupWork.Part> parts = Collections.synchronizedSortedMap(new TreeMap<>());
        site.work.ranges(work.size(), (from, to) -> parts.put(from, work.part(from, to)));
        return work.finish(List.copyOf(parts.values()));
    }

    private void carryOut(List<SetupEffect> effects) {
        for (SetupEffect effect : effects) {
            switch (effect) {
                case SetupEffect.Send send -> send(send);
                case SetupEffect.SetDeadline deadline -> site.desk.alarmAt(Desk.Alarm.SETUP, deadline.atMillis());
                case SetupEffect.Work work -> feed(new SetupEvent.WorkDone(done(work.work()), site.desk.now()));
                case SetupEffect.Found found -> site.found(found.violation());
                case SetupEffect.Waiting waiting -> waiting(waiting);
                case SetupEffect.Opened opened -> outcome = new Outcome.Open(opened);
                case SetupEffect.Answered late -> answered.add(late.member());
                case SetupEffect.Voided voided -> outcome = new Outcome.Void(voided);
            }
        }
    }

    private void waiting(SetupEffect.Waiting waiting) {
        List<String> names = new ArrayList<>();
        for (int server : waiting.refusing()) {
            names.add(site.peers.nameOf(server));
        }
        waitingFor = Optional.of(waiting.phase() + (names.isEmpty() ? "" : ", server " + String.join(", ", names)));
    }

    private void send(SetupEffect.Send send) {
        if (send.storeFirst() && send.frame() instanceof Frame.Statement statement) {
            Packet<?> packet = statement.packet();
            site.desk.store(
                    new StoreWrite.StatementSigned(
                            StoredKeys.setup(context.epoch()), site.encoding.envelope(packet.statement())),
                    () -> {
                        site.givenUp.said(packet);
                        deliver(send.to(), send.frame());
                    });
        } else {
            deliver(send.to(), send.frame());
        }
    }

    private void deliver(Audience to, Frame frame) {
        switch (to) {
            case Audience.Servers ignored -> site.peers.broadcast(site.desk, frame);
            case Audience.Server one -> site.peers.send(site.desk, one.number(), frame);
            case Audience.Members some -> {
                for (MemberId member : some.members()) {
                    Long connection = site.attendance.connectionOf(member);
                    if (connection != null) {
                        site.desk.add(new ServerEffect.ToMember(member, connection, frame));
                    }
                }
            }
        }
    }
}
