package org.plainsong.core.round;

import static org.plainsong.core.round.RoundVectors.hex;
import static org.plainsong.core.round.RoundVectors.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.slot.Layout;

/** One complete round of three servers and four members, of whom one is away and greets: every value from the keys to the record. */
final class TinyRound {
    private static final int SERVERS = 3;
    private static final int MEMBERS = 4;
    private static final int AWAY = 3;

    private final TestEpoch epoch = new TestEpoch("tiny round", SERVERS, MEMBERS);
    private final AttemptContext attempt = attempt();
    private final List<Packet<Header>> submissions = new ArrayList<>();
    private final List<Signed<Inventory>> inventories = new ArrayList<>();
    private final List<ByteString> shares = new ArrayList<>();
    private final List<Signed<Commitment>> commitments = new ArrayList<>();
    private final List<Packet<Reveal>> reveals = new ArrayList<>();

    private AttemptContext attempt() {
        byte[] classes = new byte[MEMBERS];
        classes[epoch.slotOf(1)] = 1;
        return epoch.attempt(
                2,
                1,
                new RecordHash(epoch.hash("prev")),
                Layout.of(epoch.context().epoch(), 2, classes));
    }

    Map<String, Object> all() {
        run();
        RoundPlan plan = plan();
        Record record = RecordBuilder.build(attempt, plan, commitments, reveals, Shares.combine(shares));
        ByteString recordPayload = epoch.server(1).sign(record).payload();
        return object(
                "description",
                "One round from the keys to the record (protocol §5.2–5.4; formats, Round hashes). Vectors of bytes are as long"
                        + " as the layout. Member 1 writes a frame, member 0 asks for its slot, member 2 sends cover, member 3 is"
                        + " away and has sent a hello to server 3. All keys are Ed25519 keys from their seeds, SHA-256 of"
                        + " 'tiny round/' and a name; payloads are CBOR; signatures are made as in signature.json.",
                "epochId",
                epoch.context().epoch().value(),
                "round",
                attempt.at().round(),
                "attempt",
                attempt.at().attempt(),
                "prev",
                attempt.prev().value(),
                "servers",
                servers(),
                "members",
                members(),
                "slotKeys",
                hex(epoch.slotKeys().stream().map(PublicKey::value).toList()),
                "layout",
                RoundVectors.layout(attempt.layout()),
                "policy",
                object(
                        "minParticipants", epoch.context().policy().minParticipants(),
                        "alphaPermille", epoch.context().policy().alphaPermille(),
                        "epochRounds", epoch.context().policy().epochRounds()),
                "confirmed",
                attempt.confirmed(),
                "expected",
                attempt.expected(),
                "lastTimeMillis",
                attempt.lastTimeMillis(),
                "nonce",
                ByteString.wrap(Ciphertexts.nonce(attempt)),
                "pads",
                pads(),
                "submissions",
                submissionValues(),
                "inventories",
                hex(inventories.stream().map(Signed::payload).toList()),
                "inventoriesHash",
                plan.agreed().inventories(),
                "participants",
                plan.agreed().participants(),
                "headerRoot",
                plan.agreed().headerRoot(),
                "expectedNext",
                plan.agreed().expectedNext(),
                "last",
                plan.agreed().last(),
                "clear",
                plan.clear(),
                "combining",
                combining(),
                "commitmentsHash",
                RoundHashes.commitments(commitments),
                "output",
                Shares.combine(shares),
                "record",
                object(
                        "payload", recordPayload,
                        "hash", Hash.sha256(recordPayload),
                        "timeMillis", record.timeMillis(),
                        "outputRoot", record.outputRoot(),
                        "signatures", recordSignatures(record)),
                "failed",
                failed(plan));
    }

    private void run() {
        for (int member = 0; member < MEMBERS; member++) {
            Map<Integer, ByteString> writes =
                    member > 1 ? Map.of() : epoch.writes(member, attempt, "All voices, one line.", 1);
            submissions.add(epoch.submit(member, attempt, writes));
        }
        for (int server = 1; server <= SERVERS; server++) {
            inventories.add(inventory(server));
        }
        RoundPlan plan = plan();
        for (int server = 1; server <= SERVERS; server++) {
            List<ByteString> attached = new ArrayList<>();
            for (int member : plan.attachedTo(server)) {
                attached.add(submissions.get(member).body());
            }
            ByteString share = Shares.compute(
                    epoch.serverPads(server),
                    Ciphertexts.nonce(attempt),
                    plan.participants(),
                    attached,
                    attempt.layout().totalBytes(),
                    ParallelWork.HERE);
            shares.add(share);
            commitments.add(epoch.server(server)
                    .sign(new Commitment(
                            attempt.at(),
                            server,
                            plan.clear(),
                            1_000_100 - 10 * server,
                            RoundHashes.commitment(attempt.at(), server, plan.clear(), nonce(server), share))));
        }
        for (int server = 1; server <= SERVERS; server++) {
            ByteString share = shares.get(server - 1);
            reveals.add(new Packet<>(
                    epoch.server(server)
                            .sign(new Reveal(
                                    attempt.at(),
                                    server,
                                    RoundHashes.commitments(commitments),
                                    nonce(server),
                                    TreeHash.rootOfChunks(share.toByteArray()))),
                    share));
        }
    }

    /** Members 0 and 1 submit at server 1, 2 at server 2; server 2 holds that of 1 too. */
    private Signed<Inventory> inventory(int server) {
        List<Signed<Header>> headers = switch (server) {
            case 1 -> List.of(header(0), header(1));
            case 2 -> List.of(header(1), header(2));
            default -> List.of();
        };
        List<Signed<Hello>> hellos = server == 3
                ? List.of(epoch.member(AWAY)
                        .sign(new Hello(
                                epoch.context().epoch(),
                                epoch.context().enrolled().get(AWAY),
                                attempt.prev())))
                : List.of();
        return epoch.server(server)
                .sign(new Inventory(attempt.at(), attempt.prev(), server, headers, hellos, List.of(), false));
    }

    private Signed<Header> header(int member) {
        return submissions.get(member).statement();
    }

    private RoundPlan plan() {
        return RoundPlan.of(attempt, inventories, TestEpoch.CHECK);
    }

    private ByteString nonce(int server) {
        return epoch.hash("nonce " + server);
    }

    private List<Object> servers() {
        List<Object> servers = new ArrayList<>();
        for (int server = 1; server <= SERVERS; server++) {
            servers.add(object(
                    "number", server,
                    "seed", epoch.hash("server " + server),
                    "key", epoch.context().server(server).value()));
        }
        return servers;
    }

    private List<Object> members() {
        List<Object> members = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            MemberId id = epoch.context().enrolled().get(member);
            members.add(object(
                    "index", member,
                    "id", id.value(),
                    "seed", epoch.hash("member " + member),
                    "key", epoch.context().memberKeys().get(member).value(),
                    "slotSeed", epoch.hash("slot " + member),
                    "slot", epoch.slotOf(member)));
        }
        return members;
    }

    private List<Object> pads() {
        List<Object> pads = new ArrayList<>();
        int length = attempt.layout().totalBytes();
        for (int member = 0; member < MEMBERS; member++) {
            for (int server = 1; server <= SERVERS; server++) {
                byte[] pad = new byte[length];
                epoch.serverPads(server).xorInto(new int[] {member}, 0, 1, Ciphertexts.nonce(attempt), pad, length);
                pads.add(object(
                        "member", member,
                        "server", server,
                        "pairSecret",
                                ByteString.of(epoch.pairSecret(member, server).expose()),
                        "padKey",
                                ByteString.of(PadKey.of(epoch.pairSecret(member, server))
                                        .expose()),
                        "pad", ByteString.wrap(pad)));
            }
        }
        return pads;
    }

    private List<Object> submissionValues() {
        List<Object> values = new ArrayList<>();
        for (int member = 0; member < AWAY; member++) {
            Packet<Header> packet = submissions.get(member);
            byte[] plain = packet.body().toByteArray();
            epoch.memberPads(member)
                    .xorInto(new int[] {0, 1, 2}, 0, SERVERS, Ciphertexts.nonce(attempt), plain, plain.length);
            values.add(object(
                    "member", member,
                    "plaintext", ByteString.wrap(plain),
                    "ciphertext", packet.body(),
                    "ciphertextRoot", packet.statement().message().ciphertextRoot(),
                    "header", packet.statement().payload(),
                    "signature", packet.statement().signatures().get(0).value()));
        }
        return values;
    }

    private List<Object> combining() {
        List<Object> values = new ArrayList<>();
        for (int server = 1; server <= SERVERS; server++) {
            Signed<Commitment> commitment = commitments.get(server - 1);
            Packet<Reveal> reveal = reveals.get(server - 1);
            values.add(object(
                    "server", server,
                    "share", shares.get(server - 1),
                    "shareNonce", nonce(server),
                    "commitment", commitment.message().commitment(),
                    "timeMillis", commitment.message().timeMillis(),
                    "commitmentPayload", commitment.payload(),
                    "shareRoot", reveal.statement().message().shareRoot(),
                    "revealPayload", reveal.statement().payload()));
        }
        return values;
    }

    private List<String> recordSignatures(Record record) {
        List<String> signatures = new ArrayList<>();
        for (int server = 1; server <= SERVERS; server++) {
            signatures.add(epoch.server(server)
                    .sign(record)
                    .signatures()
                    .get(0)
                    .value()
                    .hex());
        }
        return signatures;
    }

    /** What the link would be if the attempt had failed before the commitments. */
    private Map<String, Object> failed(RoundPlan plan) {
        List<Signed<Failed>> statements = new ArrayList<>();
        for (int server = 1; server <= SERVERS; server++) {
            statements.add(epoch.server(server)
                    .sign(new Failed(
                            attempt.at(),
                            attempt.prev(),
                            server,
                            plan.agreed().inventories(),
                            plan.agreed().participants(),
                            plan.agreed().expectedNext(),
                            false)));
        }
        FailedRecord link = new FailedRecord(statements);
        return object(
                "what", "the link if all three had given the attempt up over these inventories, before any commitment",
                "payloads", hex(statements.stream().map(Signed::payload).toList()),
                "hash", link.hash().value(),
                "expectedNext", link.expectedNext(attempt.expected()));
    }
}
