package org.plainsong.core.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plainsong.core.group.Founding.CHECK;
import static org.plainsong.core.group.Founding.add;
import static org.plainsong.core.group.Founding.admin;
import static org.plainsong.core.group.Founding.definition;
import static org.plainsong.core.group.Founding.entry;
import static org.plainsong.core.group.Founding.key;
import static org.plainsong.core.group.Founding.sealingKey;
import static org.plainsong.core.group.Founding.server;
import static org.plainsong.core.group.Founding.signed;
import static org.plainsong.core.group.Founding.usualRoster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.GroupProblem.Rule;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;

class RosterTest {
    private static final List<String> SERVERS = List.of("north", "east", "west");
    private static final RecordHash LINK = new RecordHash(Founding.bytes("link"));

    private final Roster start = usualRoster();
    private final GroupId group = start.groupId();
    private final MemberId dora = Roster.memberId(group, key("dora"));
    private final MemberId eve = Roster.memberId(group, key("eve"));

    @Test
    void beginsWithTheServersAndAdminsOfTheDefinitionAndNoMembers() {
        assertThat(start.servers()).extracting(ServerEntry::name).containsExactly("north", "east", "west");
        assertThat(start.serverNumber(key("west"))).contains(3);
        assertThat(start.threshold()).isEqualTo(2);
        assertThat(start.eligible()).isEmpty();
        assertThat(start.index()).isZero();
        assertThat(start.hash()).isEqualTo(group.value());
    }

    @Test
    void foldsChangesOfMembers() {
        Roster roster = after(start, add(group, "dora"), add(group, "eve"));
        assertThat(roster.eligible()).containsExactlyElementsOf(new TreeSet<>(List.of(dora, eve)));
        roster = after(roster, new RosterChange.SuspendMember(dora));
        assertThat(roster.eligible()).containsExactly(eve);
        roster = after(roster, new RosterChange.ReinstateMember(dora));
        assertThat(roster.eligible()).hasSize(2);
        roster = after(roster, new RosterChange.RotateKey(dora, key("dora two"), sealingKey("dora two")));
        assertThat(roster.memberKey(dora)).contains(key("dora two"));
        assertThat(roster.memberByKey(key("dora two")).orElseThrow().id()).isEqualTo(dora);
        assertThat(roster.memberByKey(key("dora"))).isEmpty();
        roster = after(roster, new RosterChange.RemoveMember(eve));
        assertThat(roster.eligible()).containsExactly(dora);
        assertThat(roster.memberKey(eve)).isEmpty();
        assertThat(roster.index()).isEqualTo(5);
    }

    @Test
    void foldsChangesOfServersAdminsAuditorsAndPolicy() {
        Roster roster = after(start, new RosterChange.AddServer(server("south")));
        assertThat(roster.serverNumber(key("south"))).contains(4);
        roster = after(roster, new RosterChange.RemoveServer(key("north"), LINK));
        assertThat(roster.serverNumber(key("east"))).contains(1);
        roster = after(roster, new RosterChange.AddAuditor("press", key("press")));
        assertThat(roster.auditors()).extracting(RosterAuditor::name).containsExactly("press");
        roster = after(roster, setPolicy(PolicyField.MIN_PARTICIPANTS, 11));
        assertThat(roster.policy().minParticipants()).isEqualTo(11);
        roster = after(roster, new RosterChange.AddAdmin(admin("dan"), 3));
        assertThat(refusal(roster, entry(roster, add(group, "fay"))).rule()).isEqualTo(Rule.SIGNERS);
        roster = accepted(
                roster, entry(roster, List.of("ada", "bea", "dan"), new RosterChange.RemoveAdmin(key("cid"), 1)));
        assertThat(roster.admins()).hasSize(3);
        assertThat(roster.threshold()).isOne();
    }

    @Test
    void removedMembersNeverComeBack() {
        Roster removed = after(after(start, add(group, "dora")), new RosterChange.RemoveMember(dora));
        refuses(removed, Rule.MEMBER, add(group, "dora"));
        refuses(removed, Rule.MEMBER, new RosterChange.ReinstateMember(dora));
        refuses(removed, Rule.MEMBER, new RosterChange.RemoveMember(dora));
        refuses(removed, Rule.MEMBER, new RosterChange.RotateKey(dora, key("new"), sealingKey("new")));
        refuses(start, Rule.MEMBER, new RosterChange.SuspendMember(dora));
    }

    @Test
    void aKeyHasOneOwnerAndOneRoleForEver() {
        RosterChange rotated = new RosterChange.RotateKey(dora, key("dora two"), sealingKey("dora two"));
        Roster roster = after(start, add(group, "dora"), add(group, "eve"), rotated);
        for (String taken : List.of("dora", "dora two", "eve", "ada", "north")) {
            refuses(roster, Rule.KEY, new RosterChange.RotateKey(eve, key(taken), sealingKey("x")));
            refuses(roster, Rule.KEY, new RosterChange.AddAuditor("press", key(taken)));
            refuses(roster, Rule.KEY, new RosterChange.AddAdmin(new Admin("x", key(taken)), 2));
        }
        refuses(roster, Rule.KEY, add(group, "north"));
        refuses(roster, Rule.MEMBER, add(group, "dora"));
        refuses(roster, Rule.KEY, add(group, "dora two"));
        ServerEntry south = server("south");
        refuses(
                roster,
                Rule.KEY,
                new RosterChange.AddServer(
                        new ServerEntry(south.name(), south.operator(), key("ada"), south.url(), south.tlsPin())));
    }

    @Test
    void refusesKeysThatCannotBeAccepted() {
        PublicKey neutral = new PublicKey(ByteString.fromHex("01" + "00".repeat(31)));
        MemberId ofNeutral = Roster.memberId(group, neutral);
        refuses(start, Rule.KEY, new RosterChange.AddMember(ofNeutral, neutral, sealingKey("x"), "x"));
        ByteString tooLarge = ByteString.wrap(Arrays.copyOf(new byte[] {-1, -1, -1}, 1216));
        refuses(start, Rule.KEY, new RosterChange.AddMember(dora, key("dora"), tooLarge, "dora"));
        refuses(start, Rule.MEMBER, new RosterChange.AddMember(eve, key("dora"), sealingKey("dora"), "dora"));
    }

    @Test
    void countsOnlyAdminsOfNowAndRefusesWhoHasNoSay() {
        RosterChange change = add(group, "dora");
        for (List<String> signers : List.of(
                List.of("ada"), List.of("ada", "bea", "dora"), List.of("ada", "north"), List.of("ada", "bea", "x"))) {
            assertThat(refusal(start, entry(start, signers, change)).rule()).isEqualTo(Rule.SIGNERS);
        }
        accepted(start, entry(start, List.of("ada", "bea", "cid"), change));
        Roster without = after(start, new RosterChange.RemoveAdmin(key("bea"), 1));
        assertThat(refusal(without, entry(without, change)).rule()).isEqualTo(Rule.SIGNERS);
    }

    @Test
    void refusesABadSignature() {
        Signed<RosterEntry> good = entry(start, add(group, "dora"));
        List<Signature> signatures = new ArrayList<>(good.signatures());
        signatures.set(
                1,
                new Signature(signatures.get(1).signer(), signatures.getFirst().value()));
        Signed<RosterEntry> bad = new Signed<>(good.message(), good.payload(), signatures);
        assertThat(refusal(start, bad).rule()).isEqualTo(Rule.SIGNATURE);
    }

    @Test
    void refusesAnEntryOutOfItsPlace() {
        Roster one = after(start, add(group, "dora"));
        Signed<RosterEntry> second = entry(one, add(group, "eve"));
        assertThat(refusal(start, second).rule()).isEqualTo(Rule.LINK);
        Roster two = accepted(one, second);
        assertThat(refusal(two, second).rule()).isEqualTo(Rule.LINK);
        List<RosterChange> changes = List.of(add(group, "fay"));
        GroupId otherGroup = new GroupId(Founding.bytes("other"));
        for (RosterEntry bad : List.of(
                new RosterEntry(otherGroup, 3, two.hash(), changes), new RosterEntry(group, 3, one.hash(), changes))) {
            assertThat(refusal(two, signed(bad, List.of("ada", "bea"))).rule()).isEqualTo(Rule.LINK);
        }
    }

    @Test
    void keepsTwoToSixteenServersAndAThresholdThatAdminsCanReach() {
        Roster two = after(start, new RosterChange.RemoveServer(key("west"), LINK));
        refuses(two, Rule.SERVER, new RosterChange.RemoveServer(key("east"), LINK));
        refuses(two, Rule.SERVER, new RosterChange.RemoveServer(key("nobody"), LINK));
        RosterChange[] many = new RosterChange[13];
        Arrays.setAll(many, i -> new RosterChange.AddServer(server("s" + i)));
        Roster sixteen = after(start, many);
        assertThat(sixteen.serverCount()).isEqualTo(16);
        refuses(sixteen, Rule.SERVER, new RosterChange.AddServer(server("one-more")));
        ServerEntry sameName =
                new ServerEntry("north", "x", key("south"), "https://south.example", Founding.bytes("pin"));
        refuses(start, Rule.SERVER, new RosterChange.AddServer(sameName));
        refuses(start, Rule.ADMIN, new RosterChange.AddAdmin(admin("dan"), 5));
        refuses(start, Rule.ADMIN, new RosterChange.AddAdmin(admin("dan"), 0));
        refuses(start, Rule.ADMIN, new RosterChange.RemoveAdmin(key("cid"), 3));
        refuses(start, Rule.ADMIN, new RosterChange.RemoveAdmin(key("dan"), 1));
    }

    @Test
    void namesWhatIsWrongWithAPolicyByValueAndUnit() {
        GroupProblem problem = refusal(start, entry(start, setPolicy(PolicyField.DEFAULT_SLOT_BYTES, 3000)));
        assertThat(problem.rule()).isEqualTo(Rule.POLICY);
        assertThat(problem.text()).contains("change 1").contains("default_slot_bytes = 3000 bytes");
        assertThat(PolicyRules.problems(PolicyRules.with(start.policy(), PolicyField.ACTIVE_INTERVAL_MILLIS, 3000)))
                .extracting(GroupProblem::text)
                .containsExactly("active_interval_millis = 3000 ms, must not be above idle_interval_millis = 2000 ms");
    }

    @Test
    void everyValueOfThePolicyHasARangeThatHoldsItsDefault() {
        assertThat(PolicyRules.problems(PolicyDefaults.policy())).isEmpty();
        assertThat(PolicyRules.of(PolicyRules.values(start.policy()))).isEqualTo(start.policy());
        for (PolicyField field : PolicyField.values()) {
            assertThat(field.standard()).as(field.key()).isBetween(field.least(), field.most());
            if (!field.isTruth()) {
                assertThat(PolicyRules.problems(PolicyRules.with(start.policy(), field, field.most() + 1)))
                        .as(field.key())
                        .isNotEmpty();
                assertThat(PolicyRules.problems(PolicyRules.with(start.policy(), field, field.least() - 1)))
                        .as(field.key())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void refusesNamesThatNobodyCanSee() {
        for (String bad : List.of("a\u202eb", "a\u200bb", "x".repeat(65))) {
            refuses(start, Rule.TEXT, new RosterChange.AddMember(dora, key("dora"), sealingKey("dora"), bad));
        }
    }

    @Test
    void readsUrlsOfOneFormOnly() {
        for (String good :
                List.of("https://a.example", "https://a.example:1", "https://127.0.0.1:8443", "https://[::1]:65535")) {
            assertThat(ServerUrl.parse(good)).as(good).isPresent();
        }
        for (String bad : List.of(
                "http://a.example",
                "https://A.example",
                "https://a.example/",
                "https://a.example:0",
                "https://a.example:65536",
                "https://u@a.example",
                "https://a.example?x",
                "https://-a.example",
                "https://a b",
                "https://",
                "https://" + "a".repeat(260))) {
            assertThat(ServerUrl.parse(bad)).as(bad).isEmpty();
        }
        assertThat(ServerUrl.parse("https://a.example")).contains(new ServerUrl("a.example", 443, "a.example"));
    }

    @Test
    void aDefinitionNeedsEveryServerEnoughAdminsAndNobodyElse() {
        GroupDefinition usual = definition(PolicyDefaults.policy(), SERVERS, List.of("ada", "bea", "cid"), 2);
        refusesGenesis(Rule.SIGNERS, usual, "north", "east", "ada", "bea");
        refusesGenesis(Rule.SIGNERS, usual, "north", "east", "west", "ada");
        refusesGenesis(Rule.SIGNERS, usual, "north", "east", "west", "ada", "bea", "eve");
        refusesGenesis(Rule.SERVER, definition(usual.policy(), List.of("north"), List.of("ada"), 1), "north", "ada");
        GroupDefinition threshold = definition(usual.policy(), SERVERS, List.of("ada"), 2);
        refusesGenesis(Rule.ADMIN, threshold, "north", "east", "west", "ada");
        GroupDefinition twoRoles = definition(usual.policy(), SERVERS, List.of("north"), 1);
        refusesGenesis(Rule.KEY, twoRoles, "north", "east", "west");
        GroupDefinition unsorted = new GroupDefinition(
                usual.name(),
                usual.purpose(),
                usual.nonce(),
                usual.policy(),
                usual.admins().reversed(),
                2,
                usual.servers());
        refusesGenesis(Rule.ADMIN, unsorted, "north", "east", "west", "ada", "bea");
    }

    @Test
    void twoEntriesOfOneIndexAreEvidenceOfAFork() {
        Signed<RosterEntry> one = entry(start, List.of("ada", "bea"), add(group, "dora"));
        Signed<RosterEntry> other = entry(start, List.of("bea", "cid"), add(group, "eve"));
        RosterFork fork = RosterFork.between(start, one, other, CHECK).orElseThrow();
        assertThat(fork.culprits()).containsExactly(key("bea"));
        assertThat(RosterFork.between(start, other, one, CHECK)).contains(fork);
        assertThat(RosterFork.between(start, one, one, CHECK)).isEmpty();
        Signed<RosterEntry> tooFew = entry(start, List.of("cid"), add(group, "eve"));
        assertThat(RosterFork.between(start, one, tooFew, CHECK)).isEmpty();
    }

    @Test
    void aRosterNeverChangesUnderItsHolder() {
        SplittableRandom random = new SplittableRandom(7);
        Roster roster = start;
        for (int i = 0; i < 30; i++) {
            List<MemberId> before = roster.eligible();
            List<MemberId> all = List.copyOf(roster.members().keySet());
            RosterChange change = all.isEmpty() || random.nextInt(3) == 0
                    ? add(group, "member " + i)
                    : random.nextBoolean()
                            ? new RosterChange.SuspendMember(all.get(random.nextInt(all.size())))
                            : new RosterChange.ReinstateMember(all.get(random.nextInt(all.size())));
            RosterOutcome outcome = roster.apply(entry(roster, change), CHECK);
            assertThat(roster.eligible()).isEqualTo(before);
            roster = outcome.accepted().orElse(roster);
        }
        assertThat(roster.members()).isNotEmpty();
    }

    private RosterChange setPolicy(PolicyField field, int value) {
        return new RosterChange.SetPolicy(PolicyRules.with(start.policy(), field, value));
    }

    private static Roster after(Roster roster, RosterChange... changes) {
        return accepted(roster, entry(roster, changes));
    }

    private static Roster accepted(Roster roster, Signed<RosterEntry> entry) {
        RosterOutcome outcome = roster.apply(entry, CHECK);
        assertThat(outcome.refused()).isEmpty();
        return outcome.accepted().orElseThrow();
    }

    private static GroupProblem refusal(Roster roster, Signed<RosterEntry> entry) {
        return roster.apply(entry, CHECK).refused().orElseThrow();
    }

    private static void refuses(Roster roster, Rule rule, RosterChange change) {
        GroupProblem problem = refusal(roster, entry(roster, change));
        assertThat(problem.rule()).as(problem.text()).isEqualTo(rule);
    }

    private static void refusesGenesis(Rule rule, GroupDefinition definition, String... signers) {
        GroupProblem problem = Roster.genesis(signed(definition, List.of(signers)), CHECK)
                .refused()
                .orElseThrow();
        assertThat(problem.rule()).as(problem.text()).isEqualTo(rule);
    }
}
