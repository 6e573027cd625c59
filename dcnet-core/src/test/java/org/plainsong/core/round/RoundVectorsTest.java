package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundVectorsTest {
    @Test
    void theFilesInTheDocumentationAreWhatTheCodeGives() throws IOException {
        for (Map.Entry<String, String> file : RoundVectors.files().entrySet()) {
            assertThat(Files.readString(Path.of("..", "docs", "vectors", file.getKey())))
                    .as("docs/vectors/%s; write it anew with RoundVectors.main", file.getKey())
                    .isEqualTo(file.getValue());
        }
    }
}
