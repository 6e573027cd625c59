package org.plainsong.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.verdict.Rule;

/** One server, phase by phase. */
class SetupMachineTest {
    private final SetupWorld world = new SetupWorld(2, 3, 1, 1, SetupWorld.Network.CALM);
    private final SetupContext context = world.server(1).context;
    private final List<SetupEffect> effects = new ArrayList<>();
    private SetupState state = take(SetupMachine.start(context, Randomness.seeded(new byte[] {1}), 1_000));

    private SetupState take(Step<SetupState, SetupEffect> step) {
        effects.clear();
        effects.addAll(step.effects());
        return step.next();
    }

    private void happens(SetupEvent event) {
        state = take(SetupMachine.step(context, state, event));
    }

    private void hears(Signer from, Message message, long at) {
        happens(new SetupEvent.Received(Packet.of(from.sign(message)), at));
    }

    private Signer peer() {
        return world.server(2).context.signer();
    }

    private List<Message> said() {
        return effects.stream()
                .filter(SetupEffect.Send.class::isInstance)
                .map(e -> ((SetupEffect.Send) e).frame())
                .filter(Frame.Statement.class::isInstance)
                .<Message>map(f -> ((Frame.Statement) f).packet().statement().message())
                .toList();
    }

    private Announcement announcement() {
        Randomness random = Randomness.seeded(new byte[] {2});
        return new Announcement(
                context.epoch(),
                2,
                XWing.generate(random.bytes(32)).publicKey(),
                XWing.generate(random.bytes(32)).publicKey(),
                XWing.generate(random.bytes(32)).publicKey());
    }

    private Frame.SetupOffer offered() {
        hears(peer(), announcement(), 1_001);
        return (Frame.SetupOffer) effects.stream()
                .filter(SetupEffect.Send.class::isInstance)
                .map(e -> ((SetupEffect.Send) e).frame())
                .filter(Frame.SetupOffer.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private Signed<Enrolment> enrolment(Frame.SetupOffer offer, int member, int seed) {
        MemberSetup.Begun begun =
                MemberSetup.enrol(world.member(member).context, offer, Randomness.seeded(new byte[] {(byte) seed}));
        Packet<?> packet =
                ((MemberSetup.Begun.Enrolled) begun).step().next().said().get(0);
        return world.member(member).context.signer().sign((Enrolment)
                packet.statement().message());
    }

    private void enrols(Frame.SetupOffer offer, int member) {
        happens(new SetupEvent.Received(Packet.of(enrolment(offer, member, member)), 1_010));
    }

    @Test
    void announcesItsKeysAndOffersTheEpochOnceAllHave() {
        assertThat(said()).singleElement().isInstanceOf(Announcement.class);
        assertThat(state.waitingFor(2)).containsExactly(2);
        assertThat(offered().announcements()).hasSize(2);
        assertThat(state.phaseName()).isEqualTo("Enrolling");
    }

    @Test
    void givesUpWhenAnAnnouncementDoesNotCome() {
        happens(new SetupEvent.DeadlinePassed(1_500));
        assertThat(state.over()).isFalse();
        happens(new SetupEvent.DeadlinePassed(11_000));
        assertThat(said()).filteredOn(Failed.class::isInstance).hasSize(1);
        SetupEffect.Voided voided = (SetupEffect.Voided) effects.getLast();
        assertThat(voided.refusing()).containsExactly(2);
        assertThat(voided.failedSigned()).isTrue();
        assertThat(effects).anyMatch(e -> e instanceof SetupEffect.Send s && s.storeFirst());
    }

    @Test
    void refusesKeysThatNobodyCanUse() {
        Announcement good = announcement();
        byte[] bad = good.padKey().toByteArray();
        Arrays.fill(bad, 0, 100, (byte) 0xff);
        hears(peer(), new Announcement(good.epoch(), 2, ByteString.wrap(bad), good.outerKey(), good.innerKey()), 1_001);
        assertThat(((SetupEffect.Voided) effects.getLast()).refusing()).containsExactly(2);
    }

    @Test
    void ignoresStatementsOfOtherEpochsAndUnderOtherNames() {
        Announcement good = announcement();
        hears(world.member(0).context.signer(), good, 1_001);
        hears(peer(), new Announcement(good.epoch(), 1, good.padKey(), good.outerKey(), good.innerKey()), 1_001);
        hears(
                peer(),
                new Announcement(
                        new EpochId(SetupWorld.seeded("other")), 2, good.padKey(), good.outerKey(), good.innerKey()),
                1_001);
        assertThat(state.phaseName()).isEqualTo("Announcing");
        assertThat(effects).isEmpty();
    }

    @Test
    void convictsAServerThatAnnouncesTwice() {
        offered();
        Announcement good = announcement();
        ByteString another = good.innerKey();
        hears(peer(), new Announcement(good.epoch(), 2, another, good.outerKey(), good.innerKey()), 1_002);
        assertThat(effects)
                .anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(SetupEffect.Found.class, f -> {
                    assertThat(f.violation().rule()).isEqualTo(Rule.TWO_STATEMENTS);
                    assertThat(f.violation().evidence().statements()).hasSize(2);
                }));
        assertThat(state.phaseName()).isEqualTo("Convicted");
    }

    @Test
    void goesOnWhenAllThatAreConnectedHaveEnrolled() {
        Frame.SetupOffer offer = offered();
        happens(new SetupEvent.Connected(
                new TreeSet<>(List.of(
                        world.member(0).context.self(), world.member(1).context.self())),
                1_005));
        enrols(offer, 0);
        assertThat(state.phaseName()).isEqualTo("Enrolling");
        enrols(offer, 1);
        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        EnrolmentSet.class, set -> assertThat(set.entries()).hasSize(2));
        assertThat(state.phaseName()).isEqualTo("Gathering");
    }

    @Test
    void waitsForTheDeadlineWhileNobodyIsKnownToBeConnected() {
        Frame.SetupOffer offer = offered();
        for (int i = 0; i < 3; i++) {
            enrols(offer, i);
        }
        assertThat(state.phaseName()).isEqualTo("Enrolling");
        happens(new SetupEvent.DeadlinePassed(6_001));
        assertThat(state.phaseName()).isEqualTo("Gathering");
    }

    @Test
    void offersTheEpochToWhoeverConnectsLate() {
        offered();
        happens(new SetupEvent.Connected(
                new TreeSet<>(List.of(world.member(0).context.self())), 1_005));
        assertThat(effects).singleElement().isInstanceOfSatisfying(SetupEffect.Send.class, send -> {
            assertThat(send.frame()).isInstanceOf(Frame.SetupOffer.class);
            assertThat(((Audience.Members) send.to()).members())
                    .containsExactly(world.member(0).context.self());
        });
        happens(new SetupEvent.Connected(
                new TreeSet<>(List.of(world.member(0).context.self())), 1_006));
        assertThat(effects).isEmpty();
    }

    @Test
    void convictsAMemberOfTwoEnrolmentsAndGoesOn() {
        Frame.SetupOffer offer = offered();
        happens(new SetupEvent.Received(Packet.of(enrolment(offer, 0, 1)), 1_010));
        happens(new SetupEvent.Received(Packet.of(enrolment(offer, 0, 2)), 1_010));
        assertThat(effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        SetupEffect.Found.class,
                        f -> assertThat(f.violation().rule()).isEqualTo(Rule.TWO_ENROLMENTS));
        happens(new SetupEvent.Received(Packet.of(enrolment(offer, 0, 3)), 1_010));
        assertThat(effects).isEmpty();
        assertThat(state.over()).isFalse();
    }

    @Test
    void keepsEnrolmentsThatComeBeforeTheAnnouncements() {
        SetupState before = state;
        Frame.SetupOffer offer = offered();
        Signed<Enrolment> early = enrolment(offer, 0, 1);
        state = before;
        happens(new SetupEvent.Received(Packet.of(early), 1_000));
        offered();
        assertThat(state.enrolment(Hash.sha256(early.payload()))).contains(early);
        happens(new SetupEvent.DeadlinePassed(100_000));
        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        EnrolmentSet.class, set -> assertThat(set.entries()).hasSize(1));
    }

    @Test
    void fetchesWhatAnotherServerNames() {
        Signed<Enrolment> theirs = namedByTheOther();
        happens(new SetupEvent.Received(Packet.of(theirs), 6_004));
        assertThat(state.phaseName()).isEqualTo("CheckingEnrolments");
    }

    @Test
    void asksAgainAfterABrokenLinkAndGivesUpWithoutAnAnswer() {
        namedByTheOther();
        happens(new SetupEvent.PeerUp(2, 6_003));
        assertThat(effects)
                .anyMatch(e -> e instanceof SetupEffect.Send s && s.frame() instanceof Frame.Fetch.EnrolmentOf);
        happens(new SetupEvent.DeadlinePassed(100_000));
        assertThat(((SetupEffect.Voided) effects.getLast()).refusing()).containsExactly(2);
    }

    /** An enrolment that server 2 names and this one lacks: it is asked for. */
    private Signed<Enrolment> namedByTheOther() {
        Frame.SetupOffer offer = offered();
        Signed<Enrolment> theirs = enrolment(offer, 2, 5);
        enrols(offer, 0);
        enrols(offer, 1);
        happens(new SetupEvent.DeadlinePassed(6_001));
        hears(
                peer(),
                new EnrolmentSet(
                        context.epoch(),
                        2,
                        List.of(new EnrolmentRef(world.member(2).context.self(), Hash.sha256(theirs.payload())))),
                6_002);
        assertThat(effects).singleElement().isInstanceOfSatisfying(SetupEffect.Send.class, send -> {
            assertThat(send.to()).isEqualTo(new Audience.Server(2));
            assertThat(send.frame()).isEqualTo(new Frame.Fetch.EnrolmentOf(Hash.sha256(theirs.payload())));
        });
        return theirs;
    }

    @Test
    void endsWhenTooFewHaveEnrolled() {
        enrols(offered(), 0);
        happens(new SetupEvent.DeadlinePassed(6_001));
        hears(peer(), new EnrolmentSet(context.epoch(), 2, List.of()), 6_002);
        assertThat(((SetupEffect.Voided) effects.getLast()).reason()).isEqualTo("1 members enrolled, 2 are needed");
    }

    @Test
    void endsWithAnotherServerThatGivesUp() {
        offered();
        ByteString none = ByteString.EMPTY;
        hears(peer(), new Failed(context.attempt(), context.prev(), 2, none, none, none, false), 1_002);
        assertThat(said()).filteredOn(Failed.class::isInstance).isNotEmpty();
        assertThat(state.over()).isTrue();
    }

    @Test
    void wipesWhatWorkBringsAfterTheEnd() {
        offered();
        happens(new SetupEvent.DeadlinePassed(100_000));
        happens(new SetupEvent.DeadlinePassed(200_000));
        assertThat(state.over()).isTrue();
        Secret late = Secret.wrap(new byte[32]);
        happens(new SetupEvent.WorkDone(new SetupWork.Tags.Checked(List.of(Optional.of(late))), 200_001));
        assertThat(late.isWiped()).isTrue();
    }

    @Test
    void signsNoFailedOnceItHasSignedTheOpeningRecord() {
        SetupWorld whole = new SetupWorld(2, 2, 1, 3, SetupWorld.Network.CALM);
        whole.server(2).cheat = Cheats.signsNoRecord();
        whole.run();
        SetupWorld.Server one = whole.server(1);
        assertThat(one.state.signed()).isTrue();
        ByteString none = ByteString.EMPTY;
        Failed failed = new Failed(one.context.attempt(), one.context.prev(), 2, none, none, none, true);
        one.handle(new SetupEvent.Received(
                Packet.of(whole.server(2).context.signer().sign(failed)), 9_000_000));
        assertThat(one.voided.failedSigned()).isFalse();
        assertThat(one.state.said())
                .noneMatch(f ->
                        f instanceof Frame.Statement s && s.packet().statement().message() instanceof Failed);
    }

    @Test
    void sendsAllThatItHasSaidToAServerThatComesBack() {
        SetupWorld whole = new SetupWorld(2, 2, 1, 3, SetupWorld.Network.CALM).run();
        SetupWorld.Server one = whole.server(1);
        one.sent.clear();
        one.handle(new SetupEvent.PeerUp(2, 9_000_000));
        assertThat(one.sent).hasSameSizeAs(one.state.said());
        SetupEffect.Send last = (SetupEffect.Send) one.sent.getLast();
        Signed<?> record = ((Frame.Statement) last.frame()).packet().statement();
        assertThat(record.message()).isInstanceOf(OpeningRecord.class);
        assertThat(record.signatures()).hasSize(2);
    }
}
