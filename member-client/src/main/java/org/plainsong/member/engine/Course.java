package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.anonymity.ClientRules;
import org.plainsong.core.anonymity.PostSet;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.epoch.Seat;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.core.transcript.OpenedEpoch;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/**
 * The member's way along the transcript: applies each entry, takes its part in the epoch that runs and keeps the cadence (protocol
 * §5.2, §5.6). Nothing here rests on less than the signatures of all servers (§9.5).
 */
final class Course {
    private final MemberIdentity identity;
    private final GroupId group;
    private final Desk desk;
    private final Links links;
    private final Follower follower;
    private final Outbox outbox;
    private final Arrivals arrivals;
    private final Setups setups;
    private final Randomness randomness;

    private Followed followed = Followed.START;
    private @Nullable Rounds rounds;
    private int participants;
    private long asked = -1;
    private int patience = 1;
    private long movedAt = Long.MIN_VALUE / 2;
    private Optional<RecordHash> greeted = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    Course(MemberIdentity identity, GroupId group, Tools tools) {
        this.identity = identity;
        this.group = group;
        this.desk = tools.desk();
        this.links = tools.links();
        this.follower = tools.follower();
        this.outbox = tools.outbox();
        this.arrivals = tools.arrivals();
        this.setups = tools.setups();
        this.randomness = tools.randomness();
    }

    /** Should all servers show what does not hold, they are not asked in a hurry. */
    private static final long BETWEEN_MOVES_MILLIS = 5_000;

    /** What a course works with. */
    record Tools(
            Desk desk,
            Links links,
            Follower follower,
            Outbox outbox,
            Arrivals arrivals,
            Setups setups,
            Randomness randomness) {}

    Chain chain() {
        return followed.chain();
    }

    Optional<Rounds> rounds() {
        return Optional.ofNullable(rounds);
    }

    int participants() {
        return participants;
    }

    Optional<String> trouble() {
        return trouble;
    }

    /** An entry from a server's feed. Others than the next one are asked for, or ignored. */
    void entry(PublicKey server, long index, ByteString bytes) {
        long size = chain().size();
        if (index > size && asked != size) {
            asked = size;
            desk.send(server, new Frame.Fetch.Entries(size));
        }
        if (index != size) {
            return;
        }
        try {
            switch (follower.follow(followed, bytes)) {
                case Followed.Refused refused ->
                    distrust(server, refused.finding().line());
                case Followed.Step step -> advance(server, step);
            }
        } catch (FormatException e) {
            distrust(server, "an entry that cannot be read, " + e.getMessage());
        }
    }

    /** What does not hold is not acted upon; another server is asked for the same entries. */
    private void distrust(PublicKey server, String what) {
        String text = "a server showed a transcript that does not hold: " + what;
        trouble = Optional.of(text);
        desk.notice("finding", text);
        if (links.isAttached(server) && desk.now() - movedAt >= BETWEEN_MOVES_MILLIS) {
            movedAt = desk.now();
            links.moveOn();
        }
    }

    private void advance(PublicKey server, Followed.Step step) {
        if (step.entry().kind() == Entry.GROUP
                && !step.after().chain().roster().groupId().equals(group)) {
            distrust(server, "it is of another group");
            return;
        }
        Followed before = followed;
        followed = step.after();
        trouble = Optional.empty();
        patience = 1;
        switch (step.entry().kind()) {
            case Entry.GROUP, Entry.ROSTER ->
                links.serversAre(chain().roster().servers().stream()
                        .map(ServerEntry::key)
                        .toList());
            case Entry.OPENING_RECORD -> opened(before);
            case Entry.RECORD ->
                step.round().ifPresent(round -> {
                    participants = round.participants();
                    rounds().filter(r -> r.isOf(round.before())).ifPresent(r -> r.certified(round));
                });
            case Entry.FAILED_RECORD -> failed(before, step.entry());
            default -> {}
        }
        arrivals.take(step.arrivals(), chain().size());
        forgetOldEnrolments();
        pace();
    }

    private void opened(Followed before) {
        OpenedEpoch opened = chain().epoch().orElseThrow().opened();
        setups.opened(opened.opening());
        List<MemberId> were =
                before.chain().epoch().map(epoch -> epoch.opened().enrolled()).orElse(List.of());
        outbox.all().forEach(item -> item.epochOver(carriedOver(item.set(), were, opened.enrolled())));
        if (rounds != null) {
            rounds.close();
            rounds = null;
        }
        setups.takeSeat().ifPresent(this::sitDown);
    }

    /** The possible authors of something that may have been shown stay the same people in the next epoch. */
    private static PostSet carriedOver(PostSet set, List<MemberId> were, List<MemberId> are) {
        return set.members()
                .map(bits -> PostSet.UNSENT.and(BitSets.of(are.size(), i -> {
                    int before = Collections.binarySearch(were, are.get(i));
                    return before >= 0 && BitSets.contains(bits, before);
                })))
                .orElse(set);
    }

    private void sitDown(Seat seat) {
        EpochView epoch = chain().epoch().orElseThrow();
        if (!seat.record().message().epoch().equals(epoch.opened().id())) {
            return;
        }
        Policy policy = epoch.opened().policy();
        ClientRules rules = ClientRules.start(minimum(policy), policy).afterRecord(epoch.expected());
        OwnNames names = new OwnNames(seat, followed.pseudonyms());
        rounds = new Rounds(seat, identity, names, outbox, randomness, rules);
    }

    /** The member's own minimum, or the group's. */
    int minimum(Policy policy) {
        OptionalInt own = identity.minimum();
        return own.isPresent() ? own.getAsInt() : policy.minParticipants();
    }

    private void failed(Followed before, Entry entry) {
        EpochView epoch = before.chain().epoch().orElseThrow();
        if (rounds == null || !rounds.isOf(epoch)) {
            return;
        }
        List<Signed<Failed>> statements = new ArrayList<>();
        try {
            for (ByteString envelope : entry.envelopes()) {
                statements.add(Envelopes.decode(envelope, Failed.class));
            }
        } catch (FormatException e) {
            throw new IllegalStateException("the chain accepted a failed record that cannot be read", e);
        }
        rounds.failed(epoch.next(), statements);
    }

    /** Waits its interval from the last link on; only public state tells how long (protocol §5.6). */
    private void pace() {
        Optional<EpochView> epoch = chain().epoch();
        desk.cancel(Desk.Alarm.PATIENCE);
        if (epoch.isEmpty() || rounds == null || !rounds.takesPart(epoch.get())) {
            desk.cancel(Desk.Alarm.SUBMIT);
            greet();
            return;
        }
        Policy policy = epoch.get().opened().policy();
        desk.alarmIn(
                Desk.Alarm.SUBMIT,
                epoch.get().layout().anyOpen() ? policy.activeIntervalMillis() : policy.idleIntervalMillis());
        greet();
    }

    /** The interval is over: the one submission of this attempt goes out, or waits for a connection. */
    void submit() {
        Optional<EpochView> epoch = chain().epoch();
        if (epoch.isEmpty() || rounds == null || !rounds.takesPart(epoch.get())) {
            return;
        }
        Packet<Header> packet = rounds.submission(followed);
        links.attached().ifPresent(server -> desk.send(server, new Frame.Statement(packet)));
        desk.alarmIn(
                Desk.Alarm.PATIENCE,
                (long) patience * PHASES * epoch.get().opened().policy().hardLimitMillis());
    }

    /** Window and four exchanges, each within the hard limit, and one more for the way. */
    private static final int PHASES = 6;

    private static final int MOST_PATIENCE = 16;

    /** No record came for this long: perhaps another server has it. */
    void lostPatience() {
        patience = Math.min(MOST_PATIENCE, 2 * patience);
        links.moveOn();
        submit();
    }

    /** The member is attached (anew): the server gets the submission of the attempt in hand, byte for byte, and a hello. */
    void attached(PublicKey server) {
        asked = -1;
        greeted = Optional.empty();
        greet();
        Optional<EpochView> epoch = chain().epoch();
        if (epoch.isPresent() && rounds != null && rounds.takesPart(epoch.get()) && rounds.hasSubmitted(epoch.get())) {
            desk.send(server, new Frame.Statement(rounds.submission(followed)));
        }
    }

    /** Tells the attached server that this confirmed member is there, once for each link, unless it is expected anyway. */
    private void greet() {
        Optional<EpochView> epoch = chain().epoch();
        Optional<PublicKey> server = links.attached();
        if (epoch.isEmpty() || server.isEmpty() || rounds == null || !rounds.takesPart(epoch.get())) {
            return;
        }
        EpochView now = epoch.get();
        boolean newlyAttached = greeted.isEmpty();
        if (greeted.equals(Optional.of(now.prev())) || (now.isExpected(rounds.index()) && !newlyAttached)) {
            return;
        }
        greeted = Optional.of(now.prev());
        Hello hello = new Hello(now.opened().id(), identity.member(), now.prev());
        desk.send(server.get(), new Frame.Statement(Packet.of(identity.signer().sign(hello))));
    }

    /** Through the blame window of an epoch's last rounds its enrolment may be asked for; then it goes (protocol §4). */
    private void forgetOldEnrolments() {
        Optional<EpochView> epoch = chain().epoch();
        if (epoch.isEmpty()
                || epoch.get().next().round() <= epoch.get().opened().policy().blameWindowRounds()) {
            return;
        }
        setups.forgetBelow(epoch.get().opened().number());
    }
}
