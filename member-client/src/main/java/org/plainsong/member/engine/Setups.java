package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.epoch.KeptEnrolment;
import org.plainsong.core.epoch.MemberContext;
import org.plainsong.core.epoch.MemberSetup;
import org.plainsong.core.epoch.MemberSetupEffect;
import org.plainsong.core.epoch.MemberSetupState;
import org.plainsong.core.epoch.Seat;
import org.plainsong.core.group.Roster;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * The member's part in making epochs (protocol §4.1): one enrolment under a number, with what must not be lost on disk before it leaves,
 * said to every server.
 */
final class Setups {
    private final Desk desk;
    private final Links links;
    private final MemberIdentity identity;
    private final GroupId group;
    private final Randomness randomness;
    private final SignatureCheck check;
    /** What a trace may still ask for, oldest first; all of it is in the vault. */
    private final List<VaultRecord.Enrolled> enrolments = new ArrayList<>();

    private long lastNumber;
    private @Nullable Current current;

    Setups(Desk desk, Links links, MemberIdentity identity, Randomness randomness, SignatureCheck check) {
        this.desk = desk;
        this.links = links;
        this.identity = identity;
        this.group = new GroupId(Hash.sha256(identity.group().payload()));
        this.randomness = randomness;
        this.check = check;
    }

    /** No number up to the last one that any process of this member enrolled under is ever used again (protocol §4). */
    void restore(Kept kept) {
        lastNumber = kept.lastEpoch();
        enrolments.addAll(kept.enrolled());
    }

    /** The setup that the member is in. */
    private static final class Current {
        private final MemberContext context;
        private final long number;
        private MemberSetupState state;
        private boolean onDisk;
        private boolean over;
        private Optional<Seat> seat = Optional.empty();

        private Current(MemberContext context, long number, MemberSetupState state, boolean onDisk) {
            this.context = context;
            this.number = number;
            this.state = state;
            this.onDisk = onDisk;
        }
    }

    /** An epoch can be enrolled in. */
    void offered(Frame.SetupOffer offer, Roster roster, long runningEpoch) {
        Proposal proposal = offer.proposal().message();
        if (!proposal.group().equals(group) || proposal.epoch() <= runningEpoch) {
            return;
        }
        if (proposal.epoch() <= lastNumber) {
            heard(offer);
            return;
        }
        MemberContext context = context(roster);
        switch (MemberSetup.enrol(context, offer, randomness)) {
            case MemberSetup.Begun.Declined declined -> desk.notice("declined", declined.reason());
            case MemberSetup.Begun.Enrolled enrolled -> {
                dropCurrent();
                lastNumber = proposal.epoch();
                Current begun =
                        new Current(context, proposal.epoch(), enrolled.step().next(), false);
                current = begun;
                take(begun, enrolled.step());
                keep(begun);
            }
        }
    }

    private MemberContext context(Roster roster) {
        List<PublicKey> servers =
                roster.servers().stream().map(ServerEntry::key).toList();
        return new MemberContext(identity.member(), identity.signer(), roster.policy(), servers, check);
    }

    /** A setup that came to nothing leaves no pads behind. */
    private void dropCurrent() {
        if (current != null && current.seat.isEmpty() && !current.over) {
            current.state.wipeLive();
        }
    }

    private void keep(Current begun) {
        KeptEnrolment kept = begun.state.kept();
        VaultRecord.Enrolled secrets = new VaultRecord.Enrolled(
                begun.number, kept.epoch(), kept.enrolmentSeed().copy(), Secret.wrap(EnrolmentCodec.encode(kept)));
        desk.save(
                List.of(secrets),
                () -> {
                    begun.onDisk = true;
                    enrolments.add(secrets);
                    begun.state.said().forEach(packet -> links.sendToAll(new Frame.Statement(packet)));
                },
                why -> desk.notice("disk", "no part in this epoch: the vault could not be written, " + why));
    }

    /** The group is known: what an earlier process enrolled in is answered for, should it be asked (protocol §4). */
    void rosterKnown(Roster roster) {
        if (current == null && !enrolments.isEmpty()) {
            VaultRecord.Enrolled last = enrolments.get(enrolments.size() - 1);
            MemberSetupState returned = MemberSetup.returned(EnrolmentCodec.decode(last));
            current = new Current(context(roster), last.number(), returned, true);
            current.over = true;
        }
    }

    /** A frame that belongs to a setup: a list to confirm, a set, a request to open. */
    void heard(Frame frame) {
        Current now = current;
        if (now != null) {
            take(now, MemberSetup.step(now.context, now.state, frame));
        }
    }

    /** An epoch has opened: its record has the signatures of all servers. */
    void opened(Signed<OpeningRecord> opening) {
        heard(new Frame.Statement(Packet.of(opening)));
    }

    private void take(Current now, Step<MemberSetupState, MemberSetupEffect> step) {
        now.state = step.next();
        for (MemberSetupEffect effect : step.effects()) {
            switch (effect) {
                case MemberSetupEffect.SendToAll(Packet<?> packet) -> {
                    if (now.onDisk) {
                        links.sendToAll(new Frame.Statement(packet));
                    }
                }
                case MemberSetupEffect.Found found ->
                    desk.notice("violation", "a server broke the protocol in the setup of epoch " + now.number);
                case MemberSetupEffect.Seated(Seat seat) -> {
                    now.seat = Optional.of(seat);
                    now.over = true;
                }
                case MemberSetupEffect.NotSeated(String reason) -> {
                    now.over = true;
                    desk.notice("not-seated", reason);
                }
            }
        }
    }

    /** The place in the epoch that has just opened, taken once. */
    Optional<Seat> takeSeat() {
        Current now = current;
        if (now == null) {
            return Optional.empty();
        }
        Optional<Seat> seat = now.seat;
        now.seat = Optional.empty();
        return seat;
    }

    /** A connection stands anew: what was said in the setup is said there again. */
    void linkReady(PublicKey server) {
        Current now = current;
        if (now != null && now.onDisk) {
            now.state.said().forEach(packet -> desk.send(server, new Frame.Statement(packet)));
        }
    }

    /** Nothing can ask for the secrets of epochs below this number any more (protocol §4). */
    void forgetBelow(long number) {
        List<VaultRecord> erased = new ArrayList<>();
        for (VaultRecord.Enrolled each : enrolments) {
            if (each.number() < number) {
                erased.add(new VaultRecord.EnrolmentErased(each.epoch()));
            }
        }
        if (!erased.isEmpty()) {
            enrolments.removeIf(e -> e.number() < number);
            desk.save(erased, () -> {}, why -> desk.notice("disk", "the vault could not be written: " + why));
        }
    }

    /** Whether the member is enrolled in an epoch that has not opened yet. */
    boolean isEnrolling() {
        Current now = current;
        return now != null && !now.over;
    }
}
