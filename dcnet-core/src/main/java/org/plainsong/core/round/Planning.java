package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** Gathers the inventories of an attempt, in server order, into a {@link RoundPlan} (protocol §5.4 step 2, §5.5). Used once and thrown away. */
final class Planning {
    private final AttemptContext attempt;
    private final SignatureCheck check;
    /** By member index: the header that counts, which is that of the lowest-numbered server that lists the member. */
    private final SortedMap<Integer, Signed<Header>> headers = new TreeMap<>();

    private final byte[] participants;
    private final SortedSet<Integer> excluded = new TreeSet<>();
    private final SortedSet<Integer> hellos = new TreeSet<>();
    private final SortedSet<Integer> lateConfirmed = new TreeSet<>();
    private final List<Violation> violations = new ArrayList<>();
    private boolean last;

    Planning(AttemptContext attempt, SignatureCheck check) {
        this.attempt = attempt;
        this.check = check;
        this.participants = new byte[attempt.epoch().memberCount()];
        this.last = attempt.at().round() >= attempt.epoch().policy().epochRounds();
    }

    /** Adds the inventory of the next server. */
    void add(Inventory inventory) {
        last |= inventory.endWish();
        for (Signed<Header> header : inventory.headers()) {
            int index = attempt.epoch().indexOf(header.message().member());
            if (index >= 0 && BitSets.contains(attempt.confirmed(), index)) {
                addHeader(index, header, inventory.server());
            }
        }
        inventory.hellos().forEach(this::addHello);
        inventory.confirmations().forEach(this::addConfirmation);
    }

    private void addHeader(int index, Signed<Header> header, int server) {
        Signed<Header> first = headers.putIfAbsent(index, header);
        if (first == null) {
            participants[index] = (byte) server;
        } else if (!first.payload().equals(header.payload())
                && !excluded.contains(index)
                && Validity.header(attempt, index, first, check)
                && Validity.header(attempt, index, header, check)) {
            // Only two different valid headers exclude a member; one invented by a server does not.
            excluded.add(index);
            violations.add(Violation.of(header.message().member(), Rule.TWO_SUBMISSIONS, Evidence.of(first, header)));
        }
    }

    private void addHello(Signed<Hello> hello) {
        int index = attempt.epoch().indexOf(hello.message().member());
        if (index >= 0 && !hellos.contains(index) && Validity.hello(attempt, index, hello, check)) {
            hellos.add(index);
        }
    }

    private void addConfirmation(Signed<Confirmation> confirmation) {
        int index = attempt.epoch().indexOf(confirmation.message().member());
        if (index >= 0
                && !lateConfirmed.contains(index)
                && !BitSets.contains(attempt.confirmed(), index)
                && Validity.lateConfirmation(attempt, index, confirmation, check)) {
            lateConfirmed.add(index);
        }
    }

    /** What follows, once all M have been added. */
    RoundPlan.Agreed agreed(ByteString inventoriesHash) {
        for (int index : excluded) {
            participants[index] = 0;
            headers.remove(index);
        }
        int members = participants.length;
        ByteString expectedNext =
                BitSets.of(members, i -> participants[i] != 0 || (hellos.contains(i) && confirmed(i)));
        List<ByteString> payloads = new ArrayList<>(headers.size());
        headers.values().forEach(header -> payloads.add(header.payload()));
        return new RoundPlan.Agreed(
                inventoriesHash,
                ByteString.wrap(participants),
                expectedNext,
                List.copyOf(lateConfirmed),
                TreeHash.root(payloads),
                last);
    }

    private boolean confirmed(int index) {
        return BitSets.contains(attempt.confirmed(), index) || lateConfirmed.contains(index);
    }

    List<Violation> violations() {
        return violations;
    }
}
