package org.plainsong.member.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.vault.VaultException.Reason;

/**
 * The encrypted journal of a profile (protocol §4, §9.8). What {@link #append} returned from is on disk and stays there,
 * whenever the process is killed; what it did not return from is there whole or not at all. Safe for several threads.
 */
public final class Vault implements AutoCloseable {
    /** A journal below this size is not worth writing anew. */
    private static final int COMPACT_ABOVE = 1 << 20;

    private final VaultFiles files;
    private final Randomness randomness;
    private final VaultHeader header;
    private final Profile profile;
    private JournalCipher cipher;
    private long sequence;
    private long length;
    private VaultFiles.@Nullable Appending journal;

    private Vault(VaultFiles files, Randomness randomness, VaultHeader header, byte[] file) throws VaultException {
        this.files = files;
        this.randomness = randomness;
        this.header = header;
        this.profile = new Profile();
        this.cipher = cipherOf(header, file);
        JournalCipher.Opened opened = cipher.open(file, VaultHeader.SIZE);
        for (byte[] batch : opened.records()) {
            fold(profile, batch);
        }
        this.sequence = opened.records().size();
        this.length = opened.end();
    }

    /**
     * Makes a vault where there is none, and opens it.
     *
     * @param passphrase secret; the caller wipes it
     */
    public static Vault create(VaultFiles files, byte[] passphrase, KeyCost cost, Randomness randomness)
            throws VaultException {
        lock(files);
        try {
            if (files.exists()) {
                throw new VaultException(
                        Reason.EXISTS,
                        "there is a profile here already",
                        "Choose another directory, or use this profile.",
                        null);
            }
            VaultHeader header = VaultHeader.fresh(passphrase, cost, randomness);
            byte[] file = header.encode(randomness);
            files.replace(file);
            return opened(files, header, file, randomness);
        } catch (IOException e) {
            unlock(files);
            throw VaultException.disk("create", e);
        } catch (VaultException | RuntimeException e) {
            unlock(files);
            throw e;
        }
    }

    /**
     * Opens a vault for reading and writing; no other process has it open then.
     *
     * @param passphrase secret; the caller wipes it
     */
    public static Vault open(VaultFiles files, byte[] passphrase, Randomness randomness) throws VaultException {
        requireExists(files);
        lock(files);
        try {
            byte[] file = files.read();
            return opened(files, VaultHeader.open(file, passphrase), file, randomness);
        } catch (IOException e) {
            unlock(files);
            throw VaultException.disk("open", e);
        } catch (VaultException | RuntimeException e) {
            unlock(files);
            throw e;
        }
    }

    /**
     * Reads a vault that another process may have open, and changes nothing.
     *
     * @param passphrase secret; the caller wipes it
     * @return what it holds and the key for talking to the process that has it open
     */
    public static Look look(VaultFiles files, byte[] passphrase) throws VaultException {
        requireExists(files);
        try {
            byte[] file = files.read();
            VaultHeader header = VaultHeader.open(file, passphrase);
            JournalCipher cipher = cipherOf(header, file);
            Profile profile = new Profile();
            for (byte[] batch : cipher.open(file, VaultHeader.SIZE).records()) {
                fold(profile, batch);
            }
            cipher.wipe();
            Look look = new Look(profile, Secret.wrap(header.controlKey()));
            header.wipe();
            return look;
        } catch (IOException e) {
            throw VaultException.disk("read", e);
        }
    }

    /**
     * What {@link #look} found.
     *
     * @param profile what the vault holds
     * @param controlKey 32 bytes that only those know who know the passphrase
     */
    public record Look(Profile profile, Secret controlKey) {}

    /** What the vault holds. The caller reads it before the first {@link #append} or on the thread that appends. */
    public Profile profile() {
        return profile;
    }

    /** A key of 32 bytes that only those know who know the passphrase; the same as long as the vault lives. */
    public Secret controlKey() {
        return Secret.wrap(header.controlKey());
    }

    /** Writes these records, all or none, and returns when they are on disk. */
    public synchronized void append(List<? extends ProfileRecord> records) throws VaultException {
        VaultFiles.Appending open = journal;
        if (open == null) {
            throw new VaultException(
                    Reason.DISK, "the vault is closed after an earlier failure", "Restart the program.", null);
        }
        byte[] sealed = cipher.seal(sequence, ProfileCodec.encode(records), randomness);
        try {
            open.write(sealed);
            open.force();
        } catch (IOException e) {
            cutBack(open);
            throw VaultException.disk("write to", e);
        }
        sequence++;
        length += sealed.length;
        records.forEach(profile::apply);
    }

    /** Writes the journal anew without what has become of no use. */
    public synchronized void compact() throws VaultException {
        try {
            closeJournal();
            byte[] file = compacted();
            files.replace(file);
            cipher.wipe();
            cipher = cipherOf(header, file);
            sequence = 1;
            length = file.length;
            journal = files.append(length);
        } catch (IOException e) {
            throw VaultException.disk("compact", e);
        }
    }

    @Override
    public synchronized void close() throws VaultException {
        try {
            closeJournal();
            cipher.wipe();
            header.wipe();
            files.unlock();
        } catch (IOException e) {
            throw VaultException.disk("close", e);
        }
    }

    private static Vault opened(VaultFiles files, VaultHeader header, byte[] file, Randomness randomness)
            throws VaultException, IOException {
        Vault vault = new Vault(files, randomness, header, file);
        vault.journal = files.append(vault.length);
        if (vault.length > COMPACT_ABOVE && vault.compacted().length < vault.length / 2) {
            vault.compact();
        }
        return vault;
    }

    private byte[] compacted() {
        byte[] fresh = header.encode(randomness);
        JournalCipher other = cipherOf(header, fresh);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fresh);
        out.writeBytes(other.seal(0, ProfileCodec.encode(profile.records()), randomness));
        other.wipe();
        return out.toByteArray();
    }

    /** Half a record must not stay in front of the next one. If even that fails nothing more is written. */
    private void cutBack(VaultFiles.Appending open) {
        try {
            open.cut(length);
        } catch (IOException e) {
            journal = null;
        }
    }

    private void closeJournal() throws IOException {
        VaultFiles.Appending open = journal;
        journal = null;
        if (open != null) {
            open.close();
        }
    }

    private static JournalCipher cipherOf(VaultHeader header, byte[] file) {
        return new JournalCipher(header.keyFor(file, "record"), header.keyFor(file, "length"));
    }

    private static void fold(Profile profile, byte[] batch) throws VaultException {
        try {
            ProfileCodec.decode(batch).forEach(profile::apply);
        } catch (FormatException e) {
            throw VaultException.damaged("a record cannot be read, " + e.getMessage());
        }
    }

    private static void requireExists(VaultFiles files) throws VaultException {
        try {
            if (!files.exists()) {
                throw new VaultException(
                        Reason.MISSING, "there is no profile here", "Make one: plainsong member init", null);
            }
        } catch (IOException e) {
            throw VaultException.disk("find", e);
        }
    }

    private static void lock(VaultFiles files) throws VaultException {
        try {
            if (!files.lock()) {
                throw new VaultException(
                        Reason.IN_USE,
                        "another process has this profile open",
                        "Stop it first: two copies of one member at once can reveal you.",
                        null);
            }
        } catch (IOException e) {
            throw VaultException.disk("lock", e);
        }
    }

    private static void unlock(VaultFiles files) throws VaultException {
        try {
            files.unlock();
        } catch (IOException e) {
            throw VaultException.disk("unlock", e);
        }
    }
}
