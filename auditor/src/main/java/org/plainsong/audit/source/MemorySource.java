package org.plainsong.audit.source;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.plainsong.core.bytes.ByteString;

/** A transcript held in memory, by path: for simulations and tests. */
public final class MemorySource implements TranscriptSource {
    private final String where;
    private final Map<String, ByteString> files;

    /**
     * A transcript of these files.
     *
     * @param where what it is called in reports
     * @param files contents by path; copied
     */
    public MemorySource(String where, Map<String, ByteString> files) {
        this.where = where;
        this.files = Map.copyOf(files);
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public Optional<ByteString> read(String path, int mostBytes) throws TooLargeException {
        Optional<ByteString> file = Optional.ofNullable(files.get(path));
        if (file.isPresent() && file.get().size() > mostBytes) {
            throw new TooLargeException(path, mostBytes);
        }
        return file;
    }

    @Override
    public Optional<Stream<String>> names() {
        return Optional.of(files.keySet().stream());
    }
}
