package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * Which confirmations of a run count, and what they come to (protocol §4.3 confirm).
 *
 * @param run the run
 * @param servers keys by number
 * @param members keys of those with items in L_0
 * @param indexes k, items of each member
 * @param chain labelled hash "chain" of the agreed chain
 * @param signatures checks nested envelopes
 */
public record Confirmations(
        RunId run,
        List<PublicKey> servers,
        Map<MemberId, PublicKey> members,
        int indexes,
        ByteString chain,
        SignatureCheck signatures) {

    /**
     * What the M sets come to.
     *
     * @param confirmed members with <em>ok</em> and no <em>missing</em>
     * @param missing every <em>missing</em>, by item, also with another chain
     */
    public record Union(SortedSet<MemberId> confirmed, SortedMap<ItemRef, Signed<Confirmation>> missing) {}

    /** Whether a confirmation has the shape that counts, its own signature and member apart. An <em>ok</em> counts for the agreed chain only. */
    boolean isWellFormed(Confirmation confirmation) {
        if (!confirmation.run().equals(run) || !members.containsKey(confirmation.member())) {
            return false;
        }
        if (confirmation.ok()) {
            return confirmation.chain().equals(chain)
                    && confirmation.index() == 0
                    && confirmation.list() == 0
                    && confirmation.hops().isEmpty();
        }
        return confirmation.index() >= 0
                && confirmation.index() < indexes
                && confirmation.list() >= 1
                && confirmation.list() <= servers.size()
                && isSignedChain(confirmation);
    }

    /** Whether the hops that a <em>missing</em> shows are the M servers' for this run and make the chain it names. */
    private boolean isSignedChain(Confirmation confirmation) {
        List<Signed<Hop>> hops = confirmation.hops();
        if (hops.size() != servers.size() || !Terms.chain(hops).equals(confirmation.chain())) {
            return false;
        }
        for (int h = 1; h <= hops.size(); h++) {
            Signed<Hop> hop = hops.get(h - 1);
            boolean good = hop.signatures().size() == 1
                    && hop.signer().equals(servers.get(h - 1))
                    && hop.message().server() == h
                    && hop.message().run().equals(run)
                    && signatures.allGood(hop);
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /** Of a member's confirmations the one to report: a <em>missing</em> before an <em>ok</em>; those that do not count left out. */
    List<Signed<Confirmation>> toReport(SortedMap<MemberId, List<Signed<Confirmation>>> held) {
        List<Signed<Confirmation>> reported = new ArrayList<>();
        for (List<Signed<Confirmation>> own : held.values()) {
            Signed<Confirmation> best = null;
            for (Signed<Confirmation> confirmation : own) {
                boolean better = best == null
                        || (best.message().ok() && !confirmation.message().ok());
                if (better && isWellFormed(confirmation.message())) {
                    best = confirmation;
                }
            }
            if (best != null) {
                reported.add(best);
            }
        }
        return reported;
    }

    /**
     * The union of M sets. What stands in a set and does not count, or is badly signed, is left out.
     *
     * @param held confirmations whose signatures are known to be good
     */
    public Union union(Collection<Signed<ConfirmationSet>> sets, Map<MemberId, List<Signed<Confirmation>>> held) {
        SortedSet<MemberId> confirmed = new TreeSet<>();
        SortedMap<ItemRef, Signed<Confirmation>> missing = new TreeMap<>();
        Map<ByteString, Boolean> judged = new HashMap<>();
        for (Signed<ConfirmationSet> set : sets) {
            for (Signed<Confirmation> confirmation : set.message().confirmations()) {
                List<Signed<Confirmation>> known =
                        held.getOrDefault(confirmation.message().member(), List.of());
                boolean counts = judged.getOrDefault(confirmation.payload(), false)
                        || (isSigned(confirmation, known) && isWellFormed(confirmation.message()));
                judged.put(confirmation.payload(), counts);
                if (counts) {
                    Confirmation said = confirmation.message();
                    if (said.ok()) {
                        confirmed.add(said.member());
                    } else {
                        missing.putIfAbsent(new ItemRef(said.member(), said.index()), confirmation);
                    }
                }
            }
        }
        missing.keySet().forEach(ref -> confirmed.remove(ref.member()));
        return new Union(confirmed, missing);
    }

    /** Whether a confirmation that comes after its run was opened counts from the next record on: an <em>ok</em> for the agreed chain, rightly signed. */
    public boolean isLateOk(Signed<Confirmation> confirmation) {
        return confirmation.message().ok() && isWellFormed(confirmation.message()) && isSigned(confirmation, List.of());
    }

    private boolean isSigned(Signed<Confirmation> confirmation, List<Signed<Confirmation>> known) {
        if (known.contains(confirmation)) {
            return true;
        }
        PublicKey key = members.get(confirmation.message().member());
        return key != null
                && confirmation.signatures().size() == 1
                && confirmation.signer().equals(key)
                && signatures.allGood(confirmation);
    }
}
