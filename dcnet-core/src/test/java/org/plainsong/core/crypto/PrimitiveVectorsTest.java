package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimitiveVectorsTest {
    private static final Path DIRECTORY = Path.of("..", "docs", "vectors");

    @Test
    void findsEveryPublishedFileAsTheCodeGivesIt() throws IOException {
        for (Map.Entry<String, String> file : PrimitiveVectors.files().entrySet()) {
            assertThat(Files.readString(DIRECTORY.resolve(file.getKey())))
                    .as("docs/vectors/%s; run PrimitiveVectors.main to write it anew", file.getKey())
                    .isEqualTo(file.getValue());
        }
    }
}
