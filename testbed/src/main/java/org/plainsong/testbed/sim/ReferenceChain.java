package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/**
 * Protocol §9.7: all honest servers publish one transcript, so that no two clients can hold different outputs or different records. Also §9.5: what is published
 * has the signatures of all servers. Every entry is checked in full when it is first seen; what others publish at its place must say the same.
 */
final class ReferenceChain implements Invariant {
    private record Seen(String by, List<ByteString> payloads, ByteString body, int signatures) {}

    private final SignatureCheck check;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<Long, Observation.Published> early = new HashMap<>();
    private final Map<RecordHash, EpochView> views = new HashMap<>();
    private Chain chain = Chain.start();
    private int records;
    private int failed;

    ReferenceChain(SignatureCheck check) {
        this.check = check;
    }

    /** The entry that every disk holds from the start. */
    void begin(Entry definition) {
        add(new Observation.Published("definition", definition));
    }

    @Override
    public void observe(Observation what) {
        if (!(what instanceof Observation.Published published)) {
            return;
        }
        if (published.entry().index() > seen.size()) {
            early.putIfAbsent(published.entry().index(), published);
            return;
        }
        take(published);
        for (Observation.Published next = early.remove(chain.size()); next != null; next = early.remove(chain.size())) {
            take(next);
        }
    }

    private void take(Observation.Published published) {
        if (published.entry().index() == seen.size()) {
            add(published);
            return;
        }
        Seen before = seen.get((int) published.entry().index());
        Seen now = seen(published);
        if (!now.payloads().equals(before.payloads()) || !now.body().equals(before.body())) {
            throw new InvariantBroken(
                    "protocol 9.7",
                    published.party() + " and " + before.by() + " publish different entries "
                            + published.entry().index());
        }
        if (now.signatures() != before.signatures()) {
            throw new InvariantBroken(
                    "protocol 9.5",
                    published.party() + " publishes entry " + published.entry().index() + " with " + now.signatures()
                            + " signatures");
        }
    }

    private void add(Observation.Published published) {
        Entry entry = published.entry();
        chain = switch (chain.apply(entry, check)) {
            case Applied.Extended extended -> extended.chain();
            case Applied.Rejected rejected ->
                throw new InvariantBroken(
                        "protocol 8",
                        published.party() + " publishes entry " + entry.index() + " that does not hold: "
                                + rejected.finding().line());
        };
        seen.add(seen(published));
        chain.epoch().ifPresent(view -> views.put(view.prev(), view));
        records += entry.kind() == Entry.RECORD ? 1 : 0;
        failed += entry.kind() == Entry.FAILED_RECORD ? 1 : 0;
    }

    private Seen seen(Observation.Published published) {
        List<ByteString> payloads = new ArrayList<>();
        int signatures = 0;
        for (ByteString envelope : published.entry().envelopes()) {
            try {
                Signed<?> signed = Envelopes.decode(envelope);
                payloads.add(Hash.sha256(signed.payload()));
                List<Signature> all = signed.signatures();
                signatures += check.allGood(signed) ? all.size() : 0;
            } catch (FormatException e) {
                throw new InvariantBroken("protocol 9.10", published.party() + " publishes what cannot be read", e);
            }
        }
        return new Seen(published.party(), payloads, published.entry().body(), signatures);
    }

    /** The chain over all that was published. */
    Chain chain() {
        return chain;
    }

    /** The epoch as it stands after this link, if it was published with all signatures. */
    Optional<EpochView> after(RecordHash link) {
        return Optional.ofNullable(views.get(link));
    }

    /** Certified rounds. */
    int records() {
        return records;
    }

    /** Failed attempts. */
    int failed() {
        return failed;
    }
}
