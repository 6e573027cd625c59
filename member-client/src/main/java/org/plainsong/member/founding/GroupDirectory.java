package org.plainsong.member.founding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;

/**
 * What admins keep of their group, all of it public: {@code group}, the definition, and {@code roster/1}, {@code roster/2}… the entries
 * of its roster log, as envelopes.
 */
public final class GroupDirectory {
    private final Path root;

    /** The directory at this path, which need not exist yet. */
    public GroupDirectory(Path root) {
        this.root = root;
    }

    /** Where the definition is. */
    public Path definitionFile() {
        return root.resolve("group");
    }

    /** Where the roster entry with this index is. */
    public Path entryFile(long index) {
        return root.resolve("roster").resolve(Long.toString(index));
    }

    /** The definition. */
    public Signed<GroupDefinition> definition() throws IOException, FormatException {
        return read(definitionFile(), GroupDefinition.class);
    }

    /** Writes the definition, in the place of one with fewer signatures. */
    public void write(Signed<GroupDefinition> definition) throws IOException {
        write(definitionFile(), definition);
    }

    /** The roster entries, in order; the last one may lack signatures. */
    public List<Signed<RosterEntry>> entries() throws IOException, FormatException {
        List<Signed<RosterEntry>> entries = new ArrayList<>();
        for (long index = 1; Files.exists(entryFile(index)); index++) {
            entries.add(read(entryFile(index), RosterEntry.class));
        }
        return entries;
    }

    /** Writes a roster entry, in the place of one with fewer signatures. */
    public void writeEntry(Signed<RosterEntry> entry) throws IOException {
        write(entryFile(entry.message().index()), entry);
    }

    /**
     * The roster after all entries here that count.
     *
     * @throws FormatException if the definition or an entry but the last does not count, with the reason
     */
    public Roster roster() throws IOException, FormatException {
        WireSignatureCheck check = new WireSignatureCheck();
        Roster roster = accepted("definition", Roster.genesis(definition(), check));
        List<Signed<RosterEntry>> entries = entries();
        for (int i = 0; i < entries.size(); i++) {
            RosterOutcome outcome = roster.apply(entries.get(i), check);
            boolean unfinished = i == entries.size() - 1 && outcome.refused().isPresent();
            if (!unfinished) {
                roster = accepted("roster entry " + (i + 1), outcome);
            }
        }
        return roster;
    }

    private static Roster accepted(String what, RosterOutcome outcome) throws FormatException {
        return switch (outcome) {
            case RosterOutcome.Accepted accepted -> accepted.roster();
            case RosterOutcome.Refused refused ->
                throw new FormatException(what, refused.problem().text());
        };
    }

    /** A statement of one type in a file. */
    public static <M extends Message> Signed<M> read(Path file, Class<M> type) throws IOException, FormatException {
        return Envelopes.decode(ByteString.wrap(Files.readAllBytes(file)), type);
    }

    private static void write(Path file, Signed<?> statement) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(
                file,
                Envelopes.encode(statement).unsafeArray(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }
}
