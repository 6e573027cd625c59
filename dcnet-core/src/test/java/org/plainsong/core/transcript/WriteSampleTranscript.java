package org.plainsong.core.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;

/** Writes the sample for auditors anew: {@code java … WriteSampleTranscript docs/vectors/transcript}. */
public final class WriteSampleTranscript {
    private WriteSampleTranscript() {}

    /** Writes into the directory that is the only argument. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        for (Map.Entry<String, ByteString> file :
                SampleTranscript.small().files("north").entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().toByteArray());
        }
    }
}
