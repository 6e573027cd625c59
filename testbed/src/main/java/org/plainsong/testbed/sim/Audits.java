package org.plainsong.testbed.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plainsong.audit.Audit;
import org.plainsong.audit.AuditReport;
import org.plainsong.audit.AuditSettings;
import org.plainsong.audit.CheckResult;
import org.plainsong.audit.GroupReference;
import org.plainsong.audit.SourceReport;
import org.plainsong.audit.source.MemorySource;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;

/** The auditor's word on what the servers have written: the real auditor, over the files that they would publish. */
final class Audits {
    private Audits() {}

    /**
     * What is wrong, if anything is. One publication, another one with each seed, is audited in full; the others must be the same log, entry by entry. Shares and
     * setup bundles are looked for at all servers: one that was shown an entry by a peer after a restart holds none of its own.
     */
    static Optional<String> of(Surroundings around, List<SimServer> servers) {
        Map<ByteString, ByteString> blobs = new HashMap<>();
        servers.forEach(server -> blobs.putAll(server.disk().blobs()));
        List<TranscriptSource> sources = new ArrayList<>();
        for (SimServer server : servers) {
            Chain chain = Chain.start();
            Set<ByteString> named = new HashSet<>();
            for (Entry entry : server.disk().entries()) {
                switch (chain.apply(entry, around.check())) {
                    case Applied.Extended extended -> {
                        chain = extended.chain();
                        named.addAll(names(entry, extended));
                    }
                    case Applied.Rejected rejected -> {
                        return Optional.of("audit of " + server.name() + ": "
                                + rejected.finding().line());
                    }
                }
            }
            sources.add(new MemorySource(server.name(), files(around, server, chain, only(named, blobs))));
        }
        int chosen = (int) Math.floorMod(around.scenario().seed(), (long) servers.size());
        return judge(around, sources.get(chosen));
    }

    /** A disk also holds the shares of attempts that were to be certified and were not; nothing names them, and nobody is given them. */
    private static List<ByteString> names(Entry entry, Applied.Extended extended) {
        return entry.kind() == Entry.OPENING_RECORD
                ? List.of(entry.body())
                : extended.round()
                        .map(round -> round.record().message().shareRoots())
                        .orElse(List.of());
    }

    private static Map<ByteString, ByteString> only(Set<ByteString> named, Map<ByteString, ByteString> blobs) {
        Map<ByteString, ByteString> published = new HashMap<>(blobs);
        published.keySet().retainAll(named);
        return published;
    }

    private static Map<String, ByteString> files(
            Surroundings around, SimServer server, Chain chain, Map<ByteString, ByteString> blobs) {
        Map<String, ByteString> files = new HashMap<>();
        files.put(TranscriptFiles.GROUP, Envelopes.encode(around.group().definition));
        for (Entry entry : server.disk().entries()) {
            files.put(TranscriptFiles.entry(entry.index()), EntryCodec.encode(entry));
        }
        blobs.forEach((address, blob) -> files.put(TranscriptFiles.blob(address), blob));
        Group.ServerKeys keys = server.keys();
        String origin = Checkpoint.origin(keys.entry(), around.group().id);
        files.put(
                TranscriptFiles.CHECKPOINT,
                Checkpoint.of(origin, chain.size(), chain.log().root())
                        .sign(keys.key())
                        .encode());
        return files;
    }

    private static Optional<String> judge(Surroundings around, TranscriptSource source) {
        try {
            GroupReference group = new GroupReference(
                    around.group().id, around.group().definition.message().servers());
            AuditReport report = Audit.of(
                    group, List.of(source), AuditSettings.at(around.time().now()));
            return report.outcome() == org.plainsong.audit.Outcome.PASSED
                    ? Optional.empty()
                    : Optional.of(words(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(AuditReport report) {
        StringBuilder text =
                new StringBuilder("audit: ").append(report.outcome().word());
        for (SourceReport source : report.sources()) {
            for (CheckResult check : source.checks()) {
                List<CheckResult.Item> items = new ArrayList<>(check.failures());
                items.addAll(check.gaps());
                for (CheckResult.Item item : items) {
                    text.append("\n  ")
                            .append(source.where())
                            .append(' ')
                            .append(check.check().id());
                    text.append(' ').append(item.where()).append(": ").append(item.what());
                }
            }
        }
        return text.toString();
    }
}
