package org.plainsong.audit.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.plainsong.core.bytes.ByteString;

/** A transcript in a directory. */
public final class DirectorySource implements TranscriptSource {
    private final Path directory;

    /** The transcript in this directory. */
    public DirectorySource(Path directory) {
        this.directory = directory;
    }

    @Override
    public String where() {
        return directory.toString();
    }

    @Override
    public Optional<ByteString> read(String path, int mostBytes) throws IOException {
        Path file = directory.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes);
            if (bytes.length == mostBytes && in.read() >= 0) {
                throw new TooLargeException(path, mostBytes);
            }
            return Optional.of(ByteString.wrap(bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // whoever asks for the names closes them
    public Optional<Stream<String>> names() throws IOException {
        return Optional.of(Files.walk(directory)
                .filter(path -> !Files.isDirectory(path))
                .map(path -> directory.relativize(path).toString().replace('\\', '/')));
    }
}
