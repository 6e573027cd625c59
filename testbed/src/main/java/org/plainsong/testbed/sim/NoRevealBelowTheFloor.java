package org.plainsong.testbed.sim;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.plainsong.core.anonymity.Floor;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.EpochView;

/** Protocol §9.2: no server reveals its share of an attempt in which fewer of the expected take part than the floor says. */
final class NoRevealBelowTheFloor implements Invariant {
    private final Set<PublicKey> servers = new HashSet<>();
    private final ReferenceChain chain;
    private final Map<AttemptId, Map<Integer, Inventory>> inventories = new HashMap<>();

    NoRevealBelowTheFloor(Group group, ReferenceChain chain) {
        group.servers.forEach(server -> servers.add(server.signer().publicKey()));
        this.chain = chain;
    }

    @Override
    public void observe(Observation what) {
        if (what instanceof Observation.Said(String party, Frame frame)
                && frame instanceof Frame.Statement(var packet)
                && party.startsWith("s")) {
            switch (packet.statement().message()) {
                case Inventory inventory ->
                    inventories
                            .computeIfAbsent(inventory.at(), at -> new HashMap<>())
                            .put(inventory.server(), inventory);
                case Reveal reveal -> check(party, reveal);
                default -> {}
            }
        }
    }

    private void check(String party, Reveal reveal) {
        Map<Integer, Inventory> of = inventories.getOrDefault(reveal.at(), Map.of());
        if (of.size() != servers.size()) {
            throw new InvariantBroken(
                    "protocol 9.2",
                    party + " reveals for " + reveal.at() + " of which " + of.size() + " inventories exist");
        }
        EpochView view = chain.after(of.values().iterator().next().prev())
                .orElseThrow(() -> new InvariantBroken(
                        "protocol 9.2", party + " reveals for an attempt after a link that was never published"));
        BitSet taking = new BitSet();
        for (Inventory inventory : of.values()) {
            for (Signed<Header> header : inventory.headers()) {
                int index = view.opened().enrolled().indexOf(header.message().member());
                if (index >= 0) {
                    taking.set(index);
                }
            }
        }
        ByteString participants = BitSets.of(view.enrolledCount(), taking::get);
        if (!Floor.isReached(participants, view.expected(), view.opened().policy())) {
            throw new InvariantBroken(
                    "protocol 9.2",
                    party + " reveals for " + reveal.at() + " with " + taking.cardinality() + " of "
                            + BitSets.count(view.expected()) + " expected");
        }
    }
}
