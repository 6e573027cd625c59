package org.plainsong.member.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a vault in a directory of its own: {@code vault}, {@code vault.lock} and, while it compacts, {@code vault.new}. */
public final class DiskFiles implements VaultFiles {
    private final Path directory;
    private final Path journal;
    private final Path fresh;
    private final Path lockFile;
    private @Nullable FileChannel lockChannel;
    private @Nullable FileLock lock;

    /** A vault in this directory, which is made, readable by its owner only, when a journal is first written. */
    public DiskFiles(Path directory) {
        this.directory = directory;
        this.journal = directory.resolve("vault");
        this.fresh = directory.resolve("vault.new");
        this.lockFile = directory.resolve("vault.lock");
    }

    @Override
    public boolean lock() throws IOException {
        makeDirectory();
        FileChannel channel = FileChannel.open(
                lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly("rw-------"));
        try {
            FileLock taken = channel.tryLock();
            if (taken == null) {
                channel.close();
                return false;
            }
            lockChannel = channel;
            lock = taken;
            return true;
        } catch (OverlappingFileLockException e) {
            channel.close();
            return false;
        }
    }

    @Override
    public void unlock() throws IOException {
        FileLock held = lock;
        FileChannel channel = lockChannel;
        lock = null;
        lockChannel = null;
        if (held != null) {
            held.release();
        }
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public boolean exists() {
        return Files.exists(journal);
    }

    @Override
    public byte[] read() throws IOException {
        return Files.readAllBytes(journal);
    }

    @Override
    public void replace(byte[] bytes) throws IOException {
        makeDirectory();
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly("rw-------"))) {
            writeAll(channel, bytes);
            channel.force(true);
        }
        Files.move(fresh, journal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    @Override
    public Appending append(long length) throws IOException {
        FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE);
        if (channel.size() > length) {
            channel.truncate(length);
            channel.force(true);
        }
        channel.position(length);
        return new OnDisk(channel);
    }

    private void makeDirectory() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly("rwx------"));
        }
    }

    /** A rename is on disk only when the directory is; where directories cannot be opened (Windows) the system sees to it. */
    private void forceDirectory() throws IOException {
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private record OnDisk(FileChannel channel) implements Appending {
        @Override
        public void write(byte[] bytes) throws IOException {
            writeAll(channel, bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void cut(long length) throws IOException {
            channel.truncate(length);
            channel.position(length);
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
