package org.plainsong.server.hosting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.server.net.TlsIdentity;

/**
 * A server's directory: configuration, keys, card, and a directory for each group that it hosts.
 *
 * <pre>
 * server.toml            configuration
 * server.card            the signed card for those who make groups
 * keys/server.key        signs statements, records and checkpoints
 * keys/tls.key tls.crt   the pinned TLS key
 * groups/ID/group        a definition that all have signed
 * groups/ID/archive.db   what the server keeps of the group
 * lock                   held by the process that runs
 * </pre>
 */
public final class ServerDirectory {
    /** Name of the configuration file. */
    public static final String CONFIG = "server.toml";

    private static final Pattern KEY_FILE = Pattern.compile("ed25519-seed ([0-9a-f]{64})\\s*");
    private static final Pattern GROUP_DIRECTORY = Pattern.compile("[0-9a-f]{64}");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path root;

    /** The directory at this path, which need not exist yet. */
    public ServerDirectory(Path root) {
        this.root = root;
    }

    /** Its path. */
    public Path root() {
        return root;
    }

    /** The configuration file. */
    public Path config() {
        return root.resolve(CONFIG);
    }

    /** The card. */
    public Path card() {
        return root.resolve("server.card");
    }

    /** Key that signs. */
    public Path serverKey() {
        return root.resolve("keys").resolve("server.key");
    }

    private Path tlsKey() {
        return root.resolve("keys").resolve("tls.key");
    }

    private Path tlsCertificate() {
        return root.resolve("keys").resolve("tls.crt");
    }

    private Path groups() {
        return root.resolve("groups");
    }

    /** The directory of a group. */
    public Path group(GroupId group) {
        return groups().resolve(group.value().hex());
    }

    /**
     * Makes the directory with these contents.
     *
     * @throws FileAlreadyExistsException if a key is there already: it is never written over
     */
    public void create(Ed25519.SigningKey key, TlsIdentity tls, String config, Signed<ServerCard> card)
            throws IOException {
        if (Files.exists(serverKey())) {
            throw new FileAlreadyExistsException(serverKey().toString());
        }
        Files.createDirectories(root);
        privateDirectory(root.resolve("keys"));
        privateDirectory(groups());
        writePrivate(
                serverKey(),
                "ed25519-seed " + ByteString.of(key.seed().expose()).hex() + "\n");
        writePrivate(tlsKey(), tls.keyPem());
        Files.writeString(tlsCertificate(), tls.certificatePem());
        Files.writeString(config(), config);
        Files.write(card(), Envelopes.encode(card).toByteArray());
    }

    private static void privateDirectory(Path path) throws IOException {
        Files.createDirectories(path);
        if (posix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The file never exists with other permissions than these, not even for a moment. */
    private static void writePrivate(Path path, String text) throws IOException {
        FileAttribute<?>[] mode = posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(path, mode);
        Files.writeString(path, text, StandardOpenOption.WRITE);
    }

    /**
     * Reads the key that signs.
     *
     * @throws IOException if it cannot be read, is no key, or others may read it
     */
    public Ed25519.SigningKey readServerKey() throws IOException {
        checkPrivate(serverKey());
        Matcher matcher = KEY_FILE.matcher(Files.readString(serverKey()));
        if (!matcher.matches()) {
            throw new IOException(
                    serverKey() + " is no server key: one line \"ed25519-seed\" and 64 hexadecimal digits; restore it");
        }
        return Ed25519.SigningKey.fromSeed(ByteString.fromHex(matcher.group(1)).toByteArray());
    }

    /**
     * Reads the TLS key and its certificate.
     *
     * @throws IOException if they cannot be read, do not belong together, or others may read the key
     */
    public TlsIdentity readTls() throws IOException {
        checkPrivate(tlsKey());
        try {
            return TlsIdentity.read(Files.readString(tlsKey()), Files.readString(tlsCertificate()));
        } catch (GeneralSecurityException e) {
            throw new IOException(tlsKey() + " and " + tlsCertificate() + ": " + e.getMessage() + "; restore them", e);
        }
    }

    private static void checkPrivate(Path path) throws IOException {
        if (posix(path) && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
            throw new IOException(path + " can be read by others than its owner; run: chmod 600 " + path);
        }
    }

    /** The card. */
    public Signed<ServerCard> readCard() throws IOException {
        try {
            return Envelopes.decode(ByteString.wrap(Files.readAllBytes(card())), ServerCard.class);
        } catch (FormatException e) {
            throw new IOException(card() + " is no server card: " + e.getMessage() + "; restore it", e);
        }
    }

    /** Keeps a definition that all have signed; true if it was not there yet. */
    public boolean host(GroupId id, Signed<GroupDefinition> definition) throws IOException {
        Path directory = group(id);
        Path file = directory.resolve("group");
        if (Files.exists(file)) {
            return false;
        }
        privateDirectory(groups());
        privateDirectory(directory);
        Path written = directory.resolve("group.new");
        Files.write(written, Envelopes.encode(definition).toByteArray());
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** The definitions of all hosted groups, in the order of their ids. */
    public List<Signed<GroupDefinition>> hosted() throws IOException {
        List<Signed<GroupDefinition>> found = new ArrayList<>();
        if (!Files.isDirectory(groups())) {
            return found;
        }
        try (Stream<Path> directories = Files.list(groups())) {
            for (Path directory : directories.sorted().toList()) {
                Path file = directory.resolve("group");
                boolean named = GROUP_DIRECTORY
                        .matcher(directory.getFileName().toString())
                        .matches();
                if (named && Files.exists(file)) {
                    found.add(readDefinition(file));
                }
            }
        }
        return found;
    }

    /** A definition from a file, whoever has signed it. */
    public static Signed<GroupDefinition> readDefinition(Path file) throws IOException {
        try {
            return Envelopes.decode(ByteString.wrap(Files.readAllBytes(file)), GroupDefinition.class);
        } catch (FormatException e) {
            throw new IOException(file + " is no group definition: " + e.getMessage(), e);
        }
    }

    /** Takes the directory for this process; nothing if another one has it. */
    public Optional<FileLock> lock() throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            if (lock.isEmpty()) {
                channel.close();
            }
            return lock;
        } catch (java.nio.channels.OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        }
    }
}
