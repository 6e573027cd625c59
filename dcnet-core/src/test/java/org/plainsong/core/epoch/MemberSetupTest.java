package org.plainsong.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.verdict.Rule;

/** What a member says, and what it keeps to itself. */
class MemberSetupTest {
    private final SetupWorld world = new SetupWorld(3, 2, 2, 1, SetupWorld.Network.CALM);
    private final MemberContext context = world.member(0).context;
    private final EpochId epoch = new EpochId(Hash.sha256(world.proposal.payload()));
    private final Randomness random = Randomness.seeded(new byte[] {9});
    private final Frame.SetupOffer offer = new Frame.SetupOffer(world.proposal, announcements(random));
    private final List<Message> said = new ArrayList<>();
    private final List<MemberSetupEffect> effects = new ArrayList<>();
    private MemberSetupState state = enrol();

    private Signer signer(int j) {
        return world.server(j).context.signer();
    }

    private List<Signed<Announcement>> announcements(Randomness from) {
        List<Signed<Announcement>> all = new ArrayList<>();
        for (int j = 1; j <= 3; j++) {
            all.add(signer(j)
                    .sign(new Announcement(
                            epoch,
                            j,
                            XWing.generate(from.bytes(32)).publicKey(),
                            XWing.generate(from.bytes(32)).publicKey(),
                            XWing.generate(from.bytes(32)).publicKey())));
        }
        return all;
    }

    private MemberSetupState enrol() {
        return take(((MemberSetup.Begun.Enrolled) MemberSetup.enrol(context, offer, random)).step());
    }

    private MemberSetupState take(Step<MemberSetupState, MemberSetupEffect> step) {
        for (MemberSetupEffect effect : step.effects()) {
            effects.add(effect);
            if (effect instanceof MemberSetupEffect.SendToAll send) {
                said.add(send.packet().statement().message());
            }
        }
        return step.next();
    }

    private void hears(Frame frame) {
        state = take(MemberSetup.step(context, state, frame));
    }

    private void hears(int j, Message message) {
        hears(new Frame.Statement(Packet.of(signer(j).sign(message))));
    }

    private Frame.Leaves leaves(boolean complete) {
        List<ByteString> hashes = new ArrayList<>();
        state.kept().items().forEach(item -> hashes.add(TreeHash.leafHash(item.core())));
        if (!complete) {
            hashes.set(1, SetupWorld.seeded("another"));
        }
        List<Signed<Hop>> hops = new ArrayList<>();
        for (int h = 1; h <= 3; h++) {
            ByteString in = SetupWorld.seeded("root " + (h - 1));
            ByteString out = h == 3 ? TreeHash.rootOfLeafHashes(hashes) : SetupWorld.seeded("root " + h);
            hops.add(signer(h).sign(new Hop(state.kept().run(), h, in, out)));
        }
        return new Frame.Leaves(state.kept().run(), hops, ByteString.concat(hashes.toArray(ByteString[]::new)));
    }

    private Stopped stopped(int j, String cause, int index) {
        return new Stopped(
                state.kept().run(), j, SetupWorld.seeded(cause), List.of(new ItemRef(context.self(), index)));
    }

    @Test
    void enrolsWithExactlyTheNamesOfThePolicy() {
        Enrolment enrolment = (Enrolment) said.get(0);
        assertThat(enrolment.items()).hasSize(2).doesNotHaveDuplicates();
        assertThat(enrolment.encapsulations()).hasSize(3).allMatch(e -> e.size() == 1120);
        assertThat(enrolment.tags()).hasSize(3);
        assertThat(state.kept().items()).hasSize(2);
    }

    @Test
    void declinesOffersThatAreNotForItOrNotByAllServers() {
        List<Signed<Announcement>> two = offer.announcements().subList(0, 2);
        List<Signed<Announcement>> swapped = List.of(
                offer.announcements().get(1),
                offer.announcements().get(0),
                offer.announcements().get(2));
        Proposal p = world.proposal.message();
        Signed<Proposal> byAnother = signer(1).sign(p);
        Signed<Proposal> withoutMe = signer(2)
                .sign(new Proposal(
                        p.group(),
                        p.epoch(),
                        p.roster(),
                        List.of(world.member(1).context.self()),
                        p.prev()));
        for (Frame.SetupOffer bad : List.of(
                new Frame.SetupOffer(world.proposal, two),
                new Frame.SetupOffer(world.proposal, swapped),
                new Frame.SetupOffer(byAnother, offer.announcements()),
                new Frame.SetupOffer(withoutMe, offer.announcements()))) {
            assertThat(MemberSetup.enrol(context, bad, random)).isInstanceOf(MemberSetup.Begun.Declined.class);
        }
    }

    @Test
    void opensOneEncapsulationForTheServerThatComplainsAndNothingElse() {
        hears(2, new EnrolmentCheck(epoch, 2, SetupWorld.seeded("union"), List.of(context.self())));
        assertThat(said).hasSize(2);
        TagOpening opening = (TagOpening) said.get(1);
        assertThat(opening.server()).isEqualTo(2);
        ByteString padKey = offer.announcements().get(1).message().padKey();
        assertThat(XWing.encapsulate(padKey, opening.randomness().toByteArray()).ciphertext())
                .isEqualTo(((Enrolment) said.get(0)).encapsulations().get(1));

        hears(2, new EnrolmentCheck(epoch, 2, SetupWorld.seeded("union"), List.of(context.self())));
        assertThat(said).hasSize(2);
    }

    @Test
    void opensNoEncapsulationForComplaintsOfOthersAboutOthersOrFromOtherEpochs() {
        EpochId other = new EpochId(SetupWorld.seeded("other epoch"));
        hears(2, new EnrolmentCheck(epoch, 3, SetupWorld.seeded("union"), List.of(context.self())));
        hears(2, new EnrolmentCheck(other, 2, SetupWorld.seeded("union"), List.of(context.self())));
        hears(
                2,
                new EnrolmentCheck(
                        epoch,
                        2,
                        SetupWorld.seeded("union"),
                        List.of(world.member(1).context.self())));
        assertThat(said).hasSize(1);
    }

    @Test
    void confirmsOnceWhenAllItsItemsAreThere() {
        hears(leaves(true));
        hears(leaves(true));
        assertThat(said).hasSize(2);
        Confirmation confirmation = (Confirmation) said.get(1);
        assertThat(confirmation.ok()).isTrue();
        assertThat(confirmation.chain()).isEqualTo(Terms.chain(leaves(true).hops()));
        assertThat(state.confirmed()).isTrue();
    }

    @Test
    void saysWhichItemIsMissingWithTheChainThatItSaw() {
        Frame.Leaves leaves = leaves(false);
        hears(leaves);
        Confirmation confirmation = (Confirmation) said.get(1);
        assertThat(confirmation.ok()).isFalse();
        assertThat(confirmation.index()).isEqualTo(1);
        assertThat(confirmation.list()).isEqualTo(3);
        assertThat(confirmation.hops()).isEqualTo(leaves.hops());
    }

    @Test
    void answersNoChainThatIsBrokenOrNotSignedByItsServers() {
        Frame.Leaves good = leaves(true);
        List<Signed<Hop>> byOthers =
                List.of(good.hops().get(0), good.hops().get(1), good.hops().get(1));
        Hop second = good.hops().get(1).message();
        List<Signed<Hop>> broken = List.of(
                good.hops().get(0),
                signer(2).sign(new Hop(second.run(), 2, SetupWorld.seeded("elsewhere"), second.out())),
                good.hops().get(2));
        hears(new Frame.Leaves(good.run(), byOthers, good.leafHashes()));
        hears(new Frame.Leaves(good.run(), broken, good.leafHashes()));
        hears(new Frame.Leaves(good.run(), good.hops(), good.leafHashes().slice(0, 32)));
        hears(new Frame.Leaves(good.run(), good.hops(), good.leafHashes().slice(0, 33)));
        assertThat(said).hasSize(1);
    }

    @Test
    void convictsAServerThatShowsItAnotherChain() {
        hears(leaves(true));
        hears(leaves(false));
        assertThat(effects.getLast())
                .isInstanceOfSatisfying(
                        MemberSetupEffect.Found.class,
                        found -> assertThat(found.violation().rule()).isEqualTo(Rule.TWO_STATEMENTS));
        assertThat(said).hasSize(2);
    }

    @Test
    void opensAnItemOnlyWithTheWordOfAllServers() {
        hears(leaves(false));
        hears(1, stopped(1, "cause", 1));
        hears(2, stopped(2, "cause", 1));
        hears(2, stopped(2, "cause", 1));
        assertThat(said).hasSize(2);
        hears(3, stopped(3, "cause", 1));
        Opening opening = (Opening) said.get(2);
        assertThat(opening.complaint()).isTrue();
        assertThat(opening.index()).isEqualTo(1);
        assertThat(opening.sets()).isEqualTo(SetupWorld.seeded("cause"));
        assertThat(opening.core()).isEqualTo(state.kept().items().get(1).core());
    }

    @Test
    void opensNothingWhenServersNameDifferentCausesOrItems() {
        hears(1, stopped(1, "cause", 1));
        hears(2, stopped(2, "another", 1));
        hears(3, stopped(3, "cause", 1));
        assertThat(said).hasSize(1);

        state = enrol();
        hears(1, stopped(1, "cause", 1));
        hears(2, stopped(2, "cause", 0));
        hears(3, stopped(3, "cause", 1));
        assertThat(said).noneMatch(Opening.class::isInstance);
    }

    @Test
    void opensNothingOnceAnInnerSeedIsOut() {
        hears(leaves(false));
        hears(1, stopped(1, "cause", 1));
        hears(2, stopped(2, "cause", 1));
        hears(3, new InnerSeed(state.kept().run(), 3, SetupWorld.seeded("sets"), SetupWorld.seeded("seed"), 1));
        hears(3, stopped(3, "cause", 1));
        assertThat(said).noneMatch(Opening.class::isInstance);
    }

    @Test
    void convictsAServerThatRevealsInARunThatItHasEnded() {
        hears(1, stopped(1, "cause", 1));
        hears(1, new InnerSeed(state.kept().run(), 1, SetupWorld.seeded("sets"), SetupWorld.seeded("seed"), 1));
        assertThat(effects.getLast()).isInstanceOf(MemberSetupEffect.Found.class);
    }

    @Test
    void staysWithItsEnrolmentWhenAServerAnnouncesOtherKeys() {
        hears(new Frame.SetupOffer(world.proposal, announcements(Randomness.seeded(new byte[] {1}))));
        assertThat(said).hasSize(1);
        assertThat(effects)
                .filteredOn(MemberSetupEffect.Found.class::isInstance)
                .hasSize(3);
    }

    @Test
    void answersForWhatItHasSentAfterARestart() {
        state = MemberSetup.returned(state.kept());
        hears(leaves(true));
        assertThat(said).hasSize(1);
        hears(2, new EnrolmentCheck(epoch, 2, SetupWorld.seeded("union"), List.of(context.self())));
        assertThat(said.get(1)).isInstanceOf(TagOpening.class);
        for (int j = 1; j <= 3; j++) {
            hears(j, stopped(j, "cause", 0));
        }
        assertThat(said.get(2)).isInstanceOf(Opening.class);
    }

    @Test
    void opensNothingThatItDoesNotHave() {
        for (int j = 1; j <= 3; j++) {
            hears(j, stopped(j, "cause", 7));
        }
        assertThat(said).hasSize(1);
    }
}
