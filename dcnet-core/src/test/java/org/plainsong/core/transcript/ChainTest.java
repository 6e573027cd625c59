package org.plainsong.core.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChainTest {
    @Test
    void acceptsAWholeTranscript() {
        SampleTranscript sample = SampleTranscript.small();
        assertThat(sample.chain().size()).isEqualTo(26);
    }
}
