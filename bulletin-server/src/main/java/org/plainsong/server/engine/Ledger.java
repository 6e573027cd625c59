package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Entry;

/** Adds entries to the transcript: through the chain's checks, to the disk, then to whoever is fed (protocol §4.2, §8). */
final class Ledger {
    /** For entries whose signatures the machines have checked, so that none is checked twice on the way of a round. */
    private static final SignatureCheck CHECKED = signed -> true;

    private final Site site;

    Ledger(Site site) {
        this.site = site;
    }

    /** The chain over stored entries. */
    static Chain replay(Iterable<Entry> entries, SignatureCheck check) {
        Chain chain = Chain.start();
        for (Entry entry : entries) {
            chain = applied(chain, entry, check);
        }
        return chain;
    }

    /** Adds entries that this server knows to be good; they are published once on disk, then {@code then} runs. */
    void append(List<Entry> entries, List<ByteString> blobs, Runnable then) {
        adopt(entries);
        site.desk.store(new StoreWrite.AppendEntries(entries, blobs), () -> {
            for (Entry entry : entries) {
                site.desk.add(new ServerEffect.Publish(entry));
            }
            then.run();
        });
    }

    /** Adds a record that is on disk already, all but its last signatures: it is published at once and completed on disk beside. */
    void appendPending(Entry entry, List<ByteString> blobs) {
        adopt(List.of(entry));
        site.desk.add(new ServerEffect.Publish(entry));
        site.desk.store(new StoreWrite.AppendEntries(List.of(entry), blobs), () -> {});
    }

    private void adopt(List<Entry> entries) {
        Chain chain = site.chain();
        for (Entry entry : new ArrayList<>(entries)) {
            chain = applied(chain, entry, CHECKED);
        }
        site.chain(chain);
    }

    /** Takes over an entry that a peer has sent, if it continues the chain; it is published like any other. */
    boolean adoptIfGood(Entry entry) {
        if (site.chain().apply(entry, site.identity.check()) instanceof Applied.Rejected) {
            return false;
        }
        append(List.of(entry), List.of(), () -> {});
        return true;
    }

    private static Chain applied(Chain chain, Entry entry, SignatureCheck check) {
        return switch (chain.apply(entry, check)) {
            case Applied.Extended extended -> extended.chain();
            case Applied.Rejected rejected ->
                throw new IllegalStateException(
                        "entry " + entry.index() + " does not continue the transcript: " + rejected.finding());
        };
    }
}
