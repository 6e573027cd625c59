package org.plainsong.core.epoch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.shuffle.OnionVectors;
import org.plainsong.core.wire.WireSigner;

/** Writes {@code docs/vectors/enrolment.json}: proposal, announcements and enrolments with every value on the way. */
final class EnrolmentVectors {
    private static final int SERVERS = 2;
    private static final int NAMES = 2;

    private final Randomness random = Randomness.seeded("enrolment vectors".getBytes(StandardCharsets.US_ASCII));

    private EnrolmentVectors() {}

    /** Writes the file into the directory named by the only argument. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]).resolve("enrolment.json"), file());
    }

    static String file() {
        return OnionVectors.json(new EnrolmentVectors().all());
    }

    private Map<String, Object> all() {
        List<MemberId> members = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            members.add(new MemberId(ByteString.wrap(random.bytes(16))));
        }
        members.sort(null);
        Signed<Proposal> proposal =
                signer().sign(new Proposal(new GroupId(drawn()), 5, drawn(), members, new RecordHash(drawn())));
        EpochId epoch = new EpochId(Hash.sha256(proposal.payload()));
        List<Object> keySeeds = new ArrayList<>();
        List<Signed<Announcement>> announcements = new ArrayList<>();
        for (int j = 1; j <= SERVERS; j++) {
            XWing.KeyPair pad = XWing.generate(random.bytes(32));
            XWing.KeyPair outer = XWing.generate(random.bytes(32));
            XWing.KeyPair inner = XWing.generate(random.bytes(32));
            keySeeds.add(OnionVectors.object(
                    "pad", hex(pad.seed().expose()),
                    "outer", hex(outer.seed().expose()),
                    "inner", hex(inner.seed().expose())));
            announcements.add(
                    signer().sign(new Announcement(epoch, j, pad.publicKey(), outer.publicKey(), inner.publicKey())));
        }
        Terms terms = Terms.of(epoch, announcements, NAMES).orElseThrow();
        SortedMap<MemberId, Signed<Enrolment>> enrolled = new TreeMap<>();
        SortedMap<MemberId, ByteString> hashes = new TreeMap<>();
        List<Object> cases = new ArrayList<>();
        for (MemberId member : members) {
            cases.add(enrolment(terms, member, enrolled, hashes));
        }
        return OnionVectors.object(
                "description",
                "Enrolments (protocol §4.1). epochId = SHA-256 of the proposal's payload; announces = labelled hash"
                        + " 'announces' of the announcement payloads; runId = labelled hash 'run' of epochId, announces."
                        + " randomness for server j = HKDF(salt = epochId, ikm = enrolmentSeed, info = label 'enrol' ‖ j"
                        + " as 2 bytes, 64 bytes); pairSecret = HKDF(salt = epochId, ikm = sharedSecret, info = label"
                        + " 'pad' ‖ member ‖ j as 2 bytes, 32); tag = HMAC(pairSecret, label 'confirm'). Items as in"
                        + " onion.json, with the slot key as payload. union = SHA-256 of the enrolment hashes in member"
                        + " order, an enrolment hash being the SHA-256 of the payload.",
                "proposalPayload",
                proposal.payload().hex(),
                "epochId",
                epoch.value().hex(),
                "keySeeds",
                keySeeds,
                "announcementPayloads",
                announcements.stream().map(a -> a.payload().hex()).toList(),
                "announces",
                terms.announces().hex(),
                "runId",
                terms.run().value().hex(),
                "enrolments",
                cases,
                "union",
                new Roll(enrolled, hashes).hash().hex());
    }

    private Map<String, Object> enrolment(
            Terms terms,
            MemberId member,
            SortedMap<MemberId, Signed<Enrolment>> enrolled,
            SortedMap<MemberId, ByteString> hashes) {
        byte[] seed = random.bytes(32);
        List<EnrolmentDraft.ItemSeeds> seeds = new ArrayList<>();
        List<Object> items = new ArrayList<>();
        for (int index = 0; index < NAMES; index++) {
            EnrolmentDraft.ItemSeeds own = EnrolmentDraft.ItemSeeds.draw(random);
            seeds.add(own);
            items.add(OnionVectors.object(
                    "slotSeed", hex(own.slot().expose()),
                    "innerSeed", hex(own.inner().expose()),
                    "outerSeed", hex(own.outer().expose())));
        }
        EnrolmentDraft draft = EnrolmentDraft.of(terms, member, Secret.copyOf(seed), seeds);
        Signed<Enrolment> signed = signer().sign(draft.enrolment());
        ByteString hash = Hash.sha256(signed.payload());
        enrolled.put(member, signed);
        hashes.put(member, hash);
        List<Object> pairs = new ArrayList<>();
        for (int j = 1; j <= SERVERS; j++) {
            pairs.add(OnionVectors.object(
                    "server", j,
                    "randomness", hex(PadKeys.randomness(terms.epoch(), seed, j)),
                    "encapsulationSha256",
                            Hash.sha256(draft.enrolment().encapsulations().get(j - 1))
                                    .hex(),
                    "pairSecret", hex(draft.pads().get(j - 1).expose()),
                    "tag", draft.enrolment().tags().get(j - 1).hex()));
        }
        return OnionVectors.object(
                "member", member.value().hex(),
                "enrolmentSeed", hex(seed),
                "pairs", pairs,
                "items", items,
                "slotKeys",
                        draft.names().stream()
                                .map(name -> name.publicKey().hex())
                                .toList(),
                "itemSha256",
                        draft.enrolment().items().stream()
                                .map(item -> Hash.sha256(item).hex())
                                .toList(),
                "payloadSize", signed.payload().size(),
                "enrolmentHash", hash.hex());
    }

    private Signer signer() {
        return new WireSigner(Ed25519.SigningKey.fromSeed(random.bytes(32)));
    }

    private ByteString drawn() {
        return ByteString.wrap(random.bytes(32));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
