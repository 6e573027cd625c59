package org.plainsong.server.net;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.plainsong.core.bytes.ByteString;

/** The public files of a group (formats, "Directory"), read beside everything else. A stage that fails means that the disk did. */
public interface Publication {
    /** Whether bodies are for members and auditors only. */
    boolean membersOnly();

    /** The envelope of the definition. */
    CompletionStage<Optional<ByteString>> group();

    /** The newest checkpoint, signed by this server. */
    CompletionStage<Optional<ByteString>> checkpoint();

    /** An entry of the transcript. */
    CompletionStage<Optional<ByteString>> entry(long index);

    /** A blob by its address. */
    CompletionStage<Optional<ByteString>> blob(ByteString address);
}
