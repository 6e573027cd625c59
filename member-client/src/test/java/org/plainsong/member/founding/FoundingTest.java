package org.plainsong.member.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.PolicyRules;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.MemberCard;
import org.plainsong.member.vault.KeyCost;

final class FoundingTest {
    private static final byte[] PASSPHRASE = "river candle".getBytes(StandardCharsets.UTF_8);
    private final Randomness randomness = Randomness.seeded(new byte[] {5});

    @Test
    void makesAGroupThatCountsOnceAllHaveSigned(@TempDir Path directory) throws Exception {
        WireSigner ada = signer();
        WireSigner ben = signer();
        List<WireSigner> servers = List.of(signer(), signer(), signer());
        GroupDefinition definition = Founding.definition(
                "Night shift",
                "pay talks",
                PolicyDefaults.policy(),
                List.of(new Admin("Ada", ada.publicKey()), new Admin("Ben", ben.publicKey())),
                2,
                servers.stream().map(this::card).toList(),
                randomness);
        GroupDirectory group = new GroupDirectory(directory);
        group.write(ada.sign(definition));
        assertThat(Founding.missing(group.definition())).hasSize(4);
        for (WireSigner server : servers) {
            group.write(Founding.sign(group.definition(), server));
        }
        assertThat(Founding.missing(group.definition())).containsExactly(ben.publicKey());
        assertThat(Founding.definitionProblem(group.definition())).isPresent();
        group.write(Founding.sign(group.definition(), ben));
        assertThat(Founding.definitionProblem(group.definition())).isEmpty();

        MemberCard card = new MemberCard(
                signer().publicKey(), XWing.generate(randomness.bytes(32)).publicKey());
        Roster before = group.roster();
        Signed<RosterEntry> entry = ada.sign(Founding.next(before, List.of(Founding.add(before, card, "Cleo"))));
        group.writeEntry(entry);
        assertThat(group.roster().members()).isEmpty();
        group.writeEntry(Founding.sign(entry, ben));
        assertThat(group.roster().members().values())
                .singleElement()
                .satisfies(m -> assertThat(m.name()).isEqualTo("Cleo"));
    }

    @Test
    void refusesACardThatAnotherServerSigned() {
        Signed<ServerCard> own = card(signer());
        assertThat(Founding.cardProblem(own)).isEmpty();
        assertThat(Founding.cardProblem(signer().sign(own.message()))).isPresent();
    }

    @Test
    void keepsAnAdminsKeyUnderItsPassphrase() throws FormatException {
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(randomness.bytes(32));
        byte[] file = AdminKeyFile.encode(key, PASSPHRASE, KeyCost.none(), randomness);
        assertThat(AdminKeyFile.open(file, PASSPHRASE).orElseThrow().publicKey())
                .isEqualTo(key.publicKey());
        assertThat(AdminKeyFile.open(file, new byte[] {1})).isEmpty();
        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= 4;
            assertThatThrownBy(() -> AdminKeyFile.open(changed, PASSPHRASE)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void readsBackTheRulesThatItPrints() throws FormatException {
        Policy unusual = PolicyRules.with(PolicyDefaults.policy(), PolicyField.MIN_PARTICIPANTS, 12);
        assertThat(PolicyFile.parse(PolicyFile.text(unusual))).isEqualTo(unusual);
        assertThat(PolicyFile.parse("")).isEqualTo(PolicyDefaults.policy());
    }

    @Test
    void namesTheLineOfARuleThatIsWrong() {
        List<String> wrong = new ArrayList<>();
        for (String text : List.of(
                "\nnonsense",
                "x = 1",
                "min_participants = many",
                "members_only = 1",
                "min_participants = 3\nmin_participants = 4")) {
            assertThatThrownBy(() -> PolicyFile.parse(text))
                    .isInstanceOf(FormatException.class)
                    .satisfies(e -> wrong.add(e.getMessage()));
        }
        assertThat(wrong)
                .containsExactly(
                        "line 2: not of the form name = value",
                        "line 1: no rule is called x",
                        "line 1: min_participants is a number of members, not many",
                        "line 1: members_only is true or false, not 1",
                        "line 2: min_participants stands here a second time");
        assertThatThrownBy(() -> PolicyFile.parse("default_slot_bytes = 300")).isInstanceOf(FormatException.class);
    }

    @Test
    void readsAMembersCardAndNoMistypedOne() {
        MemberCard card = new MemberCard(
                signer().publicKey(), XWing.generate(randomness.bytes(32)).publicKey());
        String text = card.text();
        assertThat(MemberCard.parse(text + "\n")).contains(card);
        assertThat(MemberCard.parse("hello")).isEmpty();
        assertThat(MemberCard.parse(text.substring(0, text.length() - 1))).isEmpty();
        for (int at = 18; at < text.length(); at += 31) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(MemberCard.parse(text.substring(0, at) + other + text.substring(at + 1)))
                    .as("character %s", at)
                    .isEmpty();
        }
    }

    private Signed<ServerCard> card(WireSigner server) {
        PublicKey key = server.publicKey();
        String name = "s" + key;
        return server.sign(new ServerCard(new ServerEntry(
                name,
                "operator of " + name,
                key,
                "https://" + name + ".example",
                ByteString.wrap(randomness.bytes(32)))));
    }

    private WireSigner signer() {
        return new WireSigner(Ed25519.SigningKey.fromSeed(randomness.bytes(32)));
    }
}
