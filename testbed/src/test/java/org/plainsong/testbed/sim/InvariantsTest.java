package org.plainsong.testbed.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.wire.Envelopes;

/** Each thing that must never happen is done here once, by hand, and is seen. */
class InvariantsTest {
    private static final ByteString ZERO = ByteString.wrap(new byte[32]);
    private static final ByteString ONE = ByteString.wrap(filled());
    private static final AttemptId AT = new AttemptId(new EpochId(ZERO), 1, 0);
    private static final RunId RUN = new RunId(ZERO);

    private final Group group = Group.found(Scenario.of(1).with(3, 3, 2));
    private Invariants invariants = new Invariants(group, new MemoSignatureCheck());

    private static byte[] filled() {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        return bytes;
    }

    @BeforeEach
    void fresh() {
        invariants = new Invariants(group, new MemoSignatureCheck());
        invariants.chain().begin(group.firstEntry());
    }

    private void server(int number, Message message) {
        Signed<?> signed = group.servers.get(number - 1).signer().sign(message);
        said("s" + number, Packet.of(signed));
    }

    private void said(String party, Packet<?> packet) {
        invariants.observe(new Observation.Said(party, new Frame.Statement(packet)));
    }

    private Inventory inventory(int server, boolean endWish) {
        return new Inventory(AT, new RecordHash(ZERO), server, List.of(), List.of(), List.of(), endWish);
    }

    private void sets(boolean ok) {
        List<Signed<Confirmation>> all = group.members.stream()
                .map(member -> member.signer().sign(new Confirmation(RUN, member.id(), ZERO, ok, 0, 0, List.of())))
                .toList();
        for (int j = 1; j <= 3; j++) {
            server(j, new ConfirmationSet(RUN, j, ZERO, all));
        }
    }

    @Test
    void seesASecondStatementUnderOneKey() {
        server(1, inventory(1, false));
        assertThatCode(() -> server(1, inventory(1, false))).doesNotThrowAnyException();

        assertThatThrownBy(() -> server(1, inventory(1, true))).hasMessageContaining("9.1");
    }

    @Test
    void seesAFailedBesideAFailedThatSaysOtherwise() {
        server(2, new Failed(AT, new RecordHash(ZERO), 2, ByteString.EMPTY, ByteString.EMPTY, ByteString.EMPTY, false));

        assertThatThrownBy(() -> server(
                        2,
                        new Failed(
                                AT,
                                new RecordHash(ZERO),
                                2,
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                true)))
                .hasMessageContaining("9.1");
    }

    @Test
    void seesARevealWithoutAllInventories() {
        server(1, inventory(1, false));
        server(2, inventory(2, false));

        assertThatThrownBy(() -> server(1, new Reveal(AT, 1, ZERO, ZERO, ZERO))).hasMessageContaining("9.2");
    }

    @Test
    void seesASubmissionAfterALinkThatWasNeverComplete() {
        Group.MemberKeys member = group.members.getFirst();
        Header header = new Header(AT, new RecordHash(ONE), ZERO, member.id(), ZERO);

        assertThatThrownBy(() -> said("m1", Packet.of(member.signer().sign(header))))
                .hasMessageContaining("9.5");
    }

    @Test
    void seesAnInnerSeedBeforeTheConfirmations() {
        assertThatThrownBy(() -> server(1, new InnerSeed(RUN, 1, ZERO, ZERO, 0)))
                .hasMessageContaining("9.6");
    }

    @Test
    void seesAnInnerSeedAfterAMissing() {
        sets(false);

        assertThatThrownBy(() -> server(1, new InnerSeed(RUN, 1, ZERO, ZERO, 0)))
                .hasMessageContaining("missing");
    }

    @Test
    void seesAnOpeningInARunWhoseInnerSeedsAreOut() {
        sets(true);
        server(1, new InnerSeed(RUN, 1, ZERO, ZERO, 0));
        Group.MemberKeys member = group.members.getFirst();
        Opening opening = new Opening(RUN, member.id(), 0, true, ZERO, ZERO, ByteString.EMPTY);

        assertThatThrownBy(() -> said("m1", Packet.of(member.signer().sign(opening))))
                .hasMessageContaining("9.6");
    }

    @Test
    void seesTwoDifferentEntriesAtOnePlace() {
        invariants.observe(new Observation.Published("s1", roster(group.members)));
        assertThatCode(() -> invariants.observe(new Observation.Published("s2", roster(group.members))))
                .doesNotThrowAnyException();

        assertThatThrownBy(
                        () -> invariants.observe(new Observation.Published("s3", roster(group.members.subList(0, 1)))))
                .hasMessageContaining("9.7");
    }

    @Test
    void seesAnEntryThatDoesNotHold() {
        Entry entry = new Entry(1, Entry.RECORD, List.of(Envelopes.encode(group.definition)), ByteString.EMPTY);

        assertThatThrownBy(() -> invariants.observe(new Observation.Published("s1", entry)))
                .hasMessageContaining("does not hold");
    }

    private Entry roster(List<Group.MemberKeys> members) {
        Signed<RosterEntry> entry = group.adding(1, group.id.value(), members);
        return new Entry(1, Entry.ROSTER, List.of(Envelopes.encode(entry)), ByteString.EMPTY);
    }

    @Test
    void seesAnAccusationOfSomebodyHonest() {
        assertThatThrownBy(() ->
                        invariants.observe(new Observation.Noticed("s1", "WARN", "protocol broken: DOUBLE_HEADER")))
                .hasMessageContaining("9.3");
        assertThatThrownBy(() -> invariants.observe(new Observation.Noticed("m1", "finding", "T20")))
                .hasMessageContaining("9.3");
    }

    @Test
    void seesAContentThatIsToldTwice() {
        ContentId id = ContentId.of(ONE);
        invariants.observe(new Observation.Arrived("m1", id));
        assertThatCode(() -> invariants.observe(new Observation.Arrived("m2", id)))
                .doesNotThrowAnyException();

        assertThatThrownBy(() -> invariants.observe(new Observation.Arrived("m1", id)))
                .hasMessageContaining("9.8");
    }

    @Test
    void seesAMemberNamedInANotice() {
        String name = group.members.getFirst().name();

        assertThatThrownBy(() -> invariants.observe(new Observation.Noticed("s1", "INFO", "lost " + name)))
                .hasMessageContaining("9.9");
    }

    @Test
    void seesABugOfOurs() {
        assertThatThrownBy(() -> invariants.observe(new Observation.Failed("s1", new IllegalStateException("no"))))
                .hasMessageContaining("no bug");
    }
}
