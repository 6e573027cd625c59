package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.GroupProblem;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.FailedRecord;
import org.plainsong.core.slot.RoundReading;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/**
 * The transcript read so far, as an immutable fold over its entries that server, member and auditor use alike (protocol §8, docs/checks.md T2 to T48).
 *
 * <p>The order of entries: the definition; then for each epoch the roster entries that it newly rests on, its opening record, and a record or failed record for
 * each attempt. The full check of an opening record needs its setup bundle: its audit; that of the shares needs the shares: {@link ShareAudit}.
 */
public final class Chain {
    private static final int ANY_SIZE = -1;

    private final LogHead log;
    private final @Nullable Roster roster;
    private final @Nullable EpochView epoch;
    /** Roster entries stand behind the last record: only more of them, or an opening record, may follow. */
    private final boolean rosterChanged;

    private final long timeMillis;

    private Chain(
            LogHead log, @Nullable Roster roster, @Nullable EpochView epoch, boolean rosterChanged, long timeMillis) {
        this.log = log;
        this.roster = roster;
        this.epoch = epoch;
        this.rosterChanged = rosterChanged;
        this.timeMillis = timeMillis;
    }

    /** The chain without entries. */
    public static Chain start() {
        return new Chain(LogHead.EMPTY, null, null, false, 0);
    }

    /** The chain with one more entry, or what is wrong with it. Never throws for what the entry holds. */
    public Applied apply(Entry entry, SignatureCheck check) {
        if (entry.index() != size()) {
            return rejected(Check.T20_ORDER, "entry " + entry.index() + " stands where " + size() + " is to come");
        }
        if ((entry.kind() == Entry.GROUP) != (roster == null)) {
            return rejected(Check.T20_ORDER, "the definition is not the first entry, or there are two");
        }
        try {
            return switch (entry.kind()) {
                case Entry.GROUP -> group(entry, check);
                case Entry.ROSTER -> roster(entry, check);
                case Entry.OPENING_RECORD -> opening(entry, check);
                case Entry.RECORD -> record(entry, check);
                case Entry.FAILED_RECORD -> failed(entry, check);
                default -> rejected(Check.T2_ENCODING, "entries of kind " + entry.kind() + " are not known here");
            };
        } catch (FormatException e) {
            return rejected(Check.T2_ENCODING, "entry " + entry.index() + ": " + e.getMessage());
        }
    }

    private Applied group(Entry entry, SignatureCheck check) throws FormatException {
        Signed<GroupDefinition> definition = only(entry, GroupDefinition.class, 0);
        return switch (Roster.genesis(definition, check)) {
            case RosterOutcome.Refused refused -> rejected(Check.T10_DEFINITION, refused.problem());
            case RosterOutcome.Accepted accepted ->
                extended(new Chain(appended(entry, definition), accepted.roster(), null, false, 0));
        };
    }

    private Applied roster(Entry entry, SignatureCheck check) throws FormatException {
        Signed<RosterEntry> change = only(entry, RosterEntry.class, 0);
        Optional<Finding> problem = standIns(change.message());
        if (problem.isPresent()) {
            return new Applied.Rejected(problem.get());
        }
        return switch (roster().apply(change, check)) {
            case RosterOutcome.Refused refused -> rejected(Check.T11_ROSTER, refused.problem());
            case RosterOutcome.Accepted accepted ->
                extended(new Chain(appended(entry, change), accepted.roster(), epoch, true, timeMillis));
        };
    }

    /** An entry that removes a server names the last record that counts (protocol §4.2): here the last link. */
    private Optional<Finding> standIns(RosterEntry change) {
        for (RosterChange each : change.changes()) {
            if (each instanceof RosterChange.RemoveServer remove
                    && !remove.lastRecord().equals(prev())) {
                return Optional.of(Check.T11_ROSTER.finding("server " + remove.server() + " is removed after "
                        + remove.lastRecord() + ", the last link is " + prev()));
            }
        }
        return Optional.empty();
    }

    private Applied opening(Entry entry, SignatureCheck check) throws FormatException {
        Signed<OpeningRecord> opening = only(entry, OpeningRecord.class, Hash.SIZE);
        Optional<Finding> problem = ServerSignatures.ofAll(opening, roster(), check)
                .or(() -> OpeningRules.problem(opening.message(), this));
        if (problem.isPresent()) {
            return new Applied.Rejected(problem.get());
        }
        EpochView opened = EpochView.opening(new OpenedEpoch(opening, roster()));
        return extended(new Chain(
                appended(entry, opening),
                roster,
                opened,
                false,
                opening.message().timeMillis()));
    }

    private Applied record(Entry entry, SignatureCheck check) throws FormatException {
        Signed<Record> signed = only(entry, Record.class, ANY_SIZE);
        if (epoch == null || rosterChanged) {
            return rejected(Check.T20_ORDER, "a record stands where an opening record is to come");
        }
        Optional<Finding> problem = RecordRules.problem(signed.message(), entry.body(), epoch, timeMillis)
                .or(() -> ServerSignatures.ofAll(signed, epoch.opened().roster(), check));
        if (problem.isPresent()) {
            return new Applied.Rejected(problem.get());
        }
        RoundView round = round(signed, entry.body(), epoch);
        Record record = signed.message();
        EpochView after = new EpochView(
                epoch.opened(),
                round.hash(),
                record.at().nextRound(),
                RecordRules.withLate(epoch, record),
                record.expectedNext(),
                epoch.layout().next(round.reading(), epoch.opened().policy()),
                record.last());
        return new Applied.Extended(
                new Chain(appended(entry, signed), roster, after, false, record.timeMillis()), Optional.of(round));
    }

    private static RoundView round(Signed<Record> signed, ByteString output, EpochView epoch) {
        RoundReading reading = RoundReading.of(
                signed.message().at(), epoch.layout(), epoch.opened().slots(), output);
        return new RoundView(epoch, signed, new RecordHash(Hash.sha256(signed.payload())), output, reading);
    }

    private Applied failed(Entry entry, SignatureCheck check) throws FormatException {
        List<Signed<Failed>> statements = new ArrayList<>();
        for (ByteString envelope : entry.envelopes()) {
            statements.add(Envelopes.decode(envelope, Failed.class));
        }
        if (!entry.body().isEmpty()) {
            throw new FormatException("body", entry.body().size() + " bytes where none are expected");
        }
        if (epoch == null || rosterChanged) {
            return rejected(Check.T20_ORDER, "a failed record stands where an opening record is to come");
        }
        Optional<Finding> problem = FailedRules.problem(statements, epoch, check);
        if (problem.isPresent()) {
            return new Applied.Rejected(problem.get());
        }
        FailedRecord failed = new FailedRecord(statements);
        EpochView after = new EpochView(
                epoch.opened(),
                failed.hash(),
                epoch.next().nextAttempt(),
                epoch.confirmed(),
                failed.expectedNext(epoch.expected()),
                epoch.layout(),
                false);
        return extended(new Chain(appended(entry, statements), roster, after, false, timeMillis));
    }

    /** The one envelope of an entry that may have a body of 0 or {@code bodySize} bytes; any number, with -1. */
    private static <M extends Message> Signed<M> only(Entry entry, Class<M> type, int bodySize) throws FormatException {
        if (entry.envelopes().size() != 1) {
            throw new FormatException("envelopes", entry.envelopes().size() + " instead of 1");
        }
        int body = entry.body().size();
        boolean fits = body == 0 || body == bodySize || bodySize == ANY_SIZE;
        if (!fits) {
            throw new FormatException("body", body + " bytes are not expected in an entry of kind " + entry.kind());
        }
        return Envelopes.decode(entry.envelopes().getFirst(), type);
    }

    private LogHead appended(Entry entry, Signed<?> statement) {
        return appended(entry, List.of(statement));
    }

    private LogHead appended(Entry entry, List<? extends Signed<?>> statements) {
        return log.append(Leaf.hash(
                entry.kind(),
                statements.stream()
                        .map(statement -> Hash.sha256(statement.payload()))
                        .toList()));
    }

    private static Applied extended(Chain chain) {
        return new Applied.Extended(chain, Optional.empty());
    }

    private static Applied rejected(Check check, GroupProblem problem) {
        return rejected(check, problem.text());
    }

    private static Applied rejected(Check check, String what) {
        return new Applied.Rejected(check.finding(what));
    }

    /** Number of entries; also the index of the entry to come. */
    public long size() {
        return log.size();
    }

    /** Size and root of the log over the entries. */
    public LogHead log() {
        return log;
    }

    /** Whether the definition has been read. */
    public boolean hasGroup() {
        return roster != null;
    }

    /**
     * The roster after all roster entries read: what the next epoch rests on. The epoch that runs has its own, {@link OpenedEpoch#roster}.
     *
     * @throws IllegalStateException if the definition has not been read
     */
    public Roster roster() {
        if (roster == null) {
            throw new IllegalStateException("a chain without its definition has no roster");
        }
        return roster;
    }

    /** The newest epoch, whether or not it has ended. */
    public Optional<EpochView> epoch() {
        return Optional.ofNullable(epoch);
    }

    /** Number of the newest epoch, 0 before the first. */
    public long epochNumber() {
        return epoch == null ? 0 : epoch.opened().number();
    }

    /** The last link: hash of the last record, failed record or opening record, the group id before the first epoch. */
    public RecordHash prev() {
        return epoch == null ? new RecordHash(roster().groupId().value()) : epoch.prev();
    }

    /** Time of the last record, Unix milliseconds, 0 before the first; each record and opening record is later than the one before. */
    public long timeMillis() {
        return timeMillis;
    }
}
