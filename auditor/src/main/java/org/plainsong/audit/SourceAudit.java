package org.plainsong.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.RoundView;
import org.plainsong.core.wire.WireSignatureCheck;

/**
 * The audit of one publication: its entries are folded in order by one thread, while others read ahead, check signatures ahead and check shares behind. What is
 * held in memory does not grow with the transcript, but for 24 bytes a blob.
 */
final class SourceAudit {
    private final TranscriptSource source;
    private final GroupReference group;
    private final AuditSettings settings;
    /** Sizes at which the root is wanted, of the checkpoints of all publications. */
    private final Collection<Long> wantedSizes;

    private final Tally tally = new Tally();
    private final SignatureCheck check = new WireSignatureCheck();
    private final PrecheckedSignatures signatures = new PrecheckedSignatures(check);
    private final BlobChecks blobs;
    private final PublishedHead head;
    private final FigureCount figures = new FigureCount();
    private final AddressSet addresses = new AddressSet();
    private final Map<Long, ByteString> roots = new HashMap<>();
    private Chain chain = Chain.start();
    private boolean stopped;

    SourceAudit(
            TranscriptSource source,
            GroupReference group,
            AuditSettings settings,
            PublishedHead head,
            Collection<Long> wantedSizes) {
        this.source = source;
        this.group = group;
        this.settings = settings;
        this.head = head;
        this.wantedSizes = List.copyOf(wantedSizes);
        this.blobs = new BlobChecks(source, tally, settings.nowMillis());
    }

    /** Audits all of it. */
    SourceReport run() throws IOException {
        head.note(tally);
        try {
            readEntries();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw io.getCause();
            }
            throw e;
        }
        GroupFile.check(source, chain, group, tally);
        head.check(chain, roots, stopped, tally);
        new FileNames(chain, addresses, stopped).check(source, tally);
        return report();
    }

    private void readEntries() {
        long end = head.size().orElse(Long.MAX_VALUE);
        long limit = head.readsBeyond() ? Long.MAX_VALUE : end;
        long next = 0;
        CompletableFuture<Batch> ahead = load(0, 16, limit);
        boolean more = true;
        while (more && !stopped) {
            Batch batch = ahead.join();
            next += batch.items().size();
            more = batch.isWhole() && next < limit;
            if (more) {
                ahead = load(next, batch.nextSize(), limit);
            }
            fold(batch);
            settings.progress().accept(chain.size(), head.size().orElse(-1L));
        }
        ahead.join();
        if (!stopped && chain.size() < end && head.size().isPresent()) {
            tally.miss(Check.T1_FILES, "entry/" + chain.size(), "the checkpoint counts " + end + " entries");
        }
    }

    private CompletableFuture<Batch> load(long first, int most, long limit) {
        int count = (int) Math.min(most, limit - first);
        return CompletableFuture.supplyAsync(() -> Batch.read(source, signatures, first, count));
    }

    private void fold(Batch batch) {
        List<RoundView> rounds = new ArrayList<>();
        for (Batch.Item item : batch.items()) {
            if (item.problem().isPresent()) {
                tally.fail(
                        Check.T2_ENCODING,
                        "entry/" + item.index(),
                        item.problem().get());
                stopped = true;
            }
            if (stopped || item.entry().isEmpty()) {
                break;
            }
            apply(item.entry().get(), rounds);
        }
        rounds.parallelStream().forEach(blobs::shares);
    }

    private void apply(Entry entry, List<RoundView> rounds) {
        Chain before = chain;
        switch (before.apply(entry, signatures)) {
            case Applied.Rejected rejected -> {
                tally.fail("entry/" + entry.index(), rejected.finding());
                stopped = true;
            }
            case Applied.Extended extended -> {
                chain = extended.chain();
                tally.hold(Coverage.of(entry.kind()));
                figures.count(entry, extended, tally);
                extended.round().ifPresent(rounds::add);
                extended.round()
                        .ifPresent(
                                round -> round.record().message().shareRoots().forEach(addresses::add));
                beside(entry, before);
                if (wantedSizes.contains(chain.size())) {
                    roots.put(chain.size(), chain.log().root());
                }
            }
        }
    }

    private void beside(Entry entry, Chain before) {
        if (entry.kind() == Entry.GROUP && !chain.roster().groupId().equals(group.id())) {
            tally.fail(
                    Check.T10_DEFINITION,
                    "entry/0",
                    "this is group " + chain.roster().groupId().value().hex() + ", not "
                            + group.id().value().hex());
            stopped = true;
        }
        if (entry.kind() == Entry.GROUP || entry.kind() == Entry.ROSTER) {
            head.learn(chain.roster());
        }
        if (entry.kind() == Entry.OPENING_RECORD) {
            if (!entry.body().isEmpty()) {
                addresses.add(entry.body());
            }
            chain.epoch().ifPresent(opened -> blobs.setup(before, opened, entry.body(), check));
        }
    }

    private SourceReport report() {
        SourceReport.Figures counted = figures.figures(chain);
        List<CheckResult> results = tally.results();
        Outcome outcome = Outcome.PASSED;
        for (CheckResult result : results) {
            outcome = outcome.and(result.outcome());
        }
        boolean stale = settings.maxAge().isPresent()
                && settings.nowMillis() - counted.lastMillis()
                        > settings.maxAge().get().toMillis();
        return new SourceReport(
                source.where(),
                head.origin(),
                counted,
                results,
                head.verified(),
                roots,
                stale ? outcome.and(Outcome.STALE) : outcome);
    }
}
