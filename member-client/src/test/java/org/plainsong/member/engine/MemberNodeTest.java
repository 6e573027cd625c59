package org.plainsong.member.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.member.engine.MemberEffect.Connect;

/** A node against servers that say what the test says. */
final class MemberNodeTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final ByteString CHALLENGE = ByteString.wrap(new byte[32]);

    private final FakeGroup group = new FakeGroup(3, p -> p);
    private Kept kept = new Kept();
    private MemberNode node;
    private PublicKey chosen;
    private final List<MemberEffect> effects = new ArrayList<>();

    @BeforeEach
    void start() {
        node = node();
        chosen = began();
    }

    @Test
    void attachesToOneServerAndKeepsALinkToEach() {
        connectAll();
        List<Attach> attaches = said(Attach.class);
        assertThat(attaches).hasSize(3);
        assertThat(attaches).filteredOn(Attach::submits).singleElement().satisfies(a -> {
            assertThat(a.server()).isEqualTo(chosen);
            assertThat(a.feedFrom()).isZero();
            assertThat(a.challenge()).isEqualTo(CHALLENGE);
        });
        assertThat(node.snapshot().connection().linksUp()).isEqualTo(3);
    }

    @Test
    void takesAnotherServerWhenItsOwnIsGone() {
        connectAll();
        effects.clear();
        on(new MemberEvent.LinkDown(chosen));
        Connect again = effects.stream()
                .filter(Connect.class::isInstance)
                .map(Connect.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(again.attached()).isTrue();
        assertThat(again.server()).isNotEqualTo(chosen);
        effects.clear();
        connect(again.server());
        assertThat(said(Attach.class))
                .singleElement()
                .satisfies(a -> assertThat(a.submits()).isTrue());
    }

    @Test
    void goesToWhoeverIsThereWhenTheChosenServerNeverAnswers() {
        PublicKey other = others().get(0);
        connect(other);
        assertThat(said(Attach.class))
                .singleElement()
                .satisfies(a -> assertThat(a.submits()).isFalse());
        effects.clear();
        effects.addAll(node.handle(NOW + 10_000, new MemberEvent.Tick()));
        assertThat(effects).contains(new Connect(other, true));
    }

    @Test
    void appliesEntriesInOrderAndAsksForWhatIsMissing() throws FormatException {
        connectAll();
        effects.clear();
        on(entry(1, group.rosterEntry()));
        on(entry(2, group.rosterEntry()));
        assertThat(effects.stream().filter(e -> e instanceof MemberEffect.ToServer))
                .containsExactly(new MemberEffect.ToServer(chosen, new Frame.Fetch.Entries(0)));
        on(entry(0, group.groupEntry()));
        on(entry(0, group.groupEntry()));
        on(entry(1, group.rosterEntry()));
        assertThat(node.snapshot().place().entries()).isEqualTo(2);
    }

    @Test
    void movesOnFromAServerThatShowsAnotherGroup() {
        connectAll();
        effects.clear();
        on(entry(0, new FakeGroup(4, p -> p).groupEntry()));
        assertThat(node.snapshot().place().entries()).isZero();
        assertThat(notices()).contains("finding");
        assertThat(effects)
                .anyMatch(e ->
                        e instanceof Connect c && c.attached() && !c.server().equals(chosen));
    }

    @Test
    void takesAnyBytesForAnEntryWithoutAnException() {
        connectAll();
        SplittableRandom random = new SplittableRandom(5);
        byte[] good = group.groupEntry().toByteArray();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            if (i % 3 == 0) {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            on(new MemberEvent.FromServer(chosen, new Frame.EntryFrame(0, ByteString.wrap(bytes))));
            assertThat(node.snapshot().place().entries()).as("try %s", i).isZero();
        }
        on(entry(0, group.groupEntry()));
        assertThat(node.snapshot().place().entries()).isEqualTo(1);
    }

    @Test
    void enrolsOnceAndNotBeforeItsSecretsAreOnDisk() throws FormatException {
        catchUp();
        Frame.SetupOffer offer = group.offer(1);
        on(new MemberEvent.FromServer(chosen, offer));
        assertThat(said(Enrolment.class)).isEmpty();
        MemberEffect.Save save = saves().get(0);
        assertThat(save.records())
                .singleElement()
                .isInstanceOfSatisfying(
                        VaultRecord.Enrolled.class, e -> assertThat(e.number()).isEqualTo(1));
        on(new MemberEvent.Saved(save.ticket()));
        assertThat(said(Enrolment.class)).hasSize(3);
        on(new MemberEvent.FromServer(others().get(0), offer));
        on(new MemberEvent.FromServer(chosen, group.offer(1)));
        assertThat(said(Enrolment.class)).hasSize(3);
        effects.clear();
        on(new MemberEvent.LinkDown(others().get(0)));
        connect(others().get(0));
        assertThat(said(Enrolment.class)).hasSize(1);
    }

    @Test
    void takesNoPartInAnEpochWhenTheDiskIsFull() throws FormatException {
        catchUp();
        on(new MemberEvent.FromServer(chosen, group.offer(1)));
        on(new MemberEvent.SaveFailed(saves().get(0).ticket(), "No space left on device"));
        assertThat(said(Enrolment.class)).isEmpty();
        assertThat(notices()).contains("disk");
    }

    @Test
    void neverEnrolsUnderANumberThatAnEarlierProcessUsed() throws FormatException {
        catchUp();
        on(new MemberEvent.FromServer(chosen, group.offer(4)));
        saves().get(0).records().forEach(kept::apply);
        node = node();
        effects.clear();
        chosen = began();
        catchUp();
        on(new MemberEvent.FromServer(chosen, group.offer(3)));
        on(new MemberEvent.FromServer(chosen, group.offer(4)));
        assertThat(saves()).isEmpty();
        on(new MemberEvent.FromServer(chosen, group.offer(5)));
        assertThat(saves()).hasSize(1);
    }

    @Test
    void ignoresOffersOfOthersThanTheServers() throws FormatException {
        catchUp();
        Frame.SetupOffer foreign = new FakeGroup(4, p -> p).offer(1);
        on(new MemberEvent.FromServer(chosen, foreign));
        Frame.SetupOffer offer = group.offer(1);
        Frame.SetupOffer mixed = new Frame.SetupOffer(offer.proposal(), foreign.announcements());
        on(new MemberEvent.FromServer(chosen, mixed));
        assertThat(saves()).isEmpty();
    }

    @Test
    void promisesAPostOnlyWhenItIsOnDisk() {
        on(new MemberEvent.Compose(5, draft("hello")));
        assertThat(effects).noneMatch(e -> e instanceof MemberEffect.Accepted);
        MemberEffect.Save save = saves().get(0);
        on(new MemberEvent.Saved(save.ticket()));
        VaultRecord.Outgoing item = (VaultRecord.Outgoing) save.records().get(0);
        assertThat(effects).contains(new MemberEffect.Accepted(5, item.id()));
        assertThat(node.snapshot().outbox())
                .singleElement()
                .satisfies(o -> assertThat(o.id()).isEqualTo(item.id()));
        on(new MemberEvent.Compose(6, draft("full")));
        on(new MemberEvent.SaveFailed(saves().get(1).ticket(), "No space left on device"));
        assertThat(effects)
                .anyMatch(e -> e instanceof MemberEffect.Refused r
                        && r.handle() == 6
                        && r.why().contains("No space left"));
        assertThat(node.snapshot().outbox()).hasSize(1);
    }

    @Test
    void takesBackWhatHasNotGoneOut() {
        on(new MemberEvent.Compose(5, draft("hello")));
        on(new MemberEvent.Saved(saves().get(0).ticket()));
        ContentId id = node.snapshot().outbox().get(0).id();
        on(new MemberEvent.Cancel(6, id));
        on(new MemberEvent.Saved(saves().get(1).ticket()));
        assertThat(effects).contains(new MemberEffect.Accepted(6, id));
        assertThat(node.snapshot().outbox()).isEmpty();
        on(new MemberEvent.Cancel(7, id));
        assertThat(effects).anyMatch(e -> e instanceof MemberEffect.Refused r && r.handle() == 7);
    }

    @Test
    void refusesWhatCannotBeSent() {
        on(new MemberEvent.Compose(1, draft(" ")));
        on(new MemberEvent.Compose(2, draft("x".repeat(300_000))));
        on(new MemberEvent.Compose(3, draft("half \ud800 a character")));
        on(new MemberEvent.Compose(4, new Draft.PrivateReply(ContentId.of(CHALLENGE), "to nobody", NameChoice.auto())));
        assertThat(effects.stream().filter(e -> e instanceof MemberEffect.Refused))
                .hasSize(4);
        assertThat(saves()).isEmpty();
    }

    @Test
    void keepsItsOutboxAcrossARestart() {
        on(new MemberEvent.Compose(5, draft("hello")));
        saves().get(0).records().forEach(kept::apply);
        MemberNode after = node();
        assertThat(after.snapshot().outbox()).singleElement().satisfies(o -> {
            assertThat(o.draft().text()).isEqualTo("hello");
            assertThat(o.state()).isEqualTo(new PostState.Waiting("for the next epoch", false));
        });
        kept.apply(
                new VaultRecord.OutgoingEnded(after.snapshot().outbox().get(0).id(), true));
        assertThat(node().snapshot().outbox()).isEmpty();
    }

    @Test
    void givesTheSameEffectsForTheSameEventsAndRandomness() {
        MemberNode twin = node();
        List<MemberEvent> events = List.of(
                new MemberEvent.Started(),
                new MemberEvent.LinkUp(chosen),
                new MemberEvent.FromServer(chosen, new Frame.Challenge(CHALLENGE)),
                new MemberEvent.Compose(1, draft("hello")));
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        MemberNode fresh = node();
        events.forEach(e -> twin.handle(NOW, e).forEach(x -> one.add(withoutSecrets(x))));
        events.forEach(e -> fresh.handle(NOW, e).forEach(x -> other.add(withoutSecrets(x))));
        assertThat(one).isEqualTo(other).isNotEmpty();
    }

    private static String withoutSecrets(MemberEffect effect) {
        return effect.toString();
    }

    private static Draft draft(String text) {
        return new Draft.NewPost("", Optional.empty(), text, NameChoice.auto(), true);
    }

    private MemberNode node() {
        return new MemberNode(
                group.identity(1, OptionalInt.empty()),
                kept,
                Randomness.seeded(new byte[] {1}),
                new Follower(new WireSignatureCheck()));
    }

    /** Starts the node; gives the server that it wants to submit to. */
    private PublicKey began() {
        on(new MemberEvent.Started());
        return effects.stream()
                .filter(e -> e instanceof Connect c && c.attached())
                .map(e -> ((Connect) e).server())
                .findFirst()
                .orElseThrow();
    }

    private List<PublicKey> others() {
        return group.servers.stream()
                .map(s -> s.publicKey())
                .filter(k -> !k.equals(chosen))
                .toList();
    }

    private void connectAll() {
        group.servers.forEach(s -> connect(s.publicKey()));
    }

    private void connect(PublicKey server) {
        on(new MemberEvent.LinkUp(server));
        on(new MemberEvent.FromServer(server, new Frame.Challenge(CHALLENGE)));
    }

    private void catchUp() throws FormatException {
        connectAll();
        on(entry(0, group.groupEntry()));
        on(entry(1, group.rosterEntry()));
        if (group.followed.chain().size() == 0) {
            group.take(group.groupEntry());
            group.take(group.rosterEntry());
        }
        effects.clear();
    }

    private MemberEvent entry(long index, ByteString bytes) {
        return new MemberEvent.FromServer(chosen, new Frame.EntryFrame(index, bytes));
    }

    private void on(MemberEvent event) {
        effects.addAll(node.handle(NOW, event));
    }

    private List<MemberEffect.Save> saves() {
        return effects.stream()
                .filter(MemberEffect.Save.class::isInstance)
                .map(MemberEffect.Save.class::cast)
                .toList();
    }

    private List<String> notices() {
        return effects.stream()
                .filter(MemberEffect.Notice.class::isInstance)
                .map(e -> ((MemberEffect.Notice) e).kind())
                .toList();
    }

    private <M extends Message> List<M> said(Class<M> type) {
        return effects.stream()
                .filter(MemberEffect.ToServer.class::isInstance)
                .map(e -> ((MemberEffect.ToServer) e).frame())
                .filter(Frame.Statement.class::isInstance)
                .map(f -> ((Frame.Statement) f).packet().statement().message())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
