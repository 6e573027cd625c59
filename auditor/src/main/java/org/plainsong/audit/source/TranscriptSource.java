package org.plainsong.audit.source;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.plainsong.core.bytes.ByteString;

/** A published transcript, file by file, under the names of {@code core.transcript.TranscriptFiles}. Several threads may read at a time. */
public interface TranscriptSource extends AutoCloseable {
    /** Where it is, for people: a path or a URL. */
    String where();

    /**
     * The contents of a file; nothing if there is no such file.
     *
     * @param path as {@code TranscriptFiles} names it
     * @param mostBytes more are not read
     * @throws TooLargeException if it has more bytes
     * @throws IOException if it cannot be read
     */
    Optional<ByteString> read(String path, int mostBytes) throws IOException;

    /** Paths of all files, in any order, to be closed; nothing if this source cannot tell. */
    Optional<Stream<String>> names() throws IOException;

    @Override
    default void close() {}

    /** A file is larger than any that belongs into a transcript. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Names the file and the limit. */
        public TooLargeException(String path, int mostBytes) {
            super(path + " has more than " + mostBytes + " bytes");
        }
    }
}
