package org.plainsong.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EnrolmentVectorsTest {
    @Test
    void findsThePublishedFileAsTheCodeGivesIt() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "vectors", "enrolment.json")))
                .as("docs/vectors/enrolment.json; run EnrolmentVectors.main to write it anew")
                .isEqualTo(EnrolmentVectors.file());
    }
}
