package org.plainsong.testbed.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whole groups by seed. A seed that failed once stays here under the name of what it found. */
class SimulationTest {
    private static final int SEEDS = 300;

    @Test
    void everyPostArrivesOnceAndEveryTranscriptIsCleanWhateverTheSeedBrings() {
        assertThat(failures(
                        LongStream.rangeClosed(1, SEEDS).mapToObj(Scenario::of).toList()))
                .as("replay one with: plainsong simulate --seed N --trace")
                .isEmpty();
    }

    @Test
    void aGroupWithoutFaultsNeedsOneAttemptForEachRound() {
        Outcome outcome = World.run(Scenario.of(1).with(EnumSet.noneOf(FaultKind.class)), null);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.failedAttempts()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameRunByteForByte() {
        Scenario scenario = Scenario.of(7).with(FaultKind.all());
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        Outcome one = World.run(scenario, first::add);
        Outcome other = World.run(scenario, second::add);

        assertThat(second).isEqualTo(first);
        assertThat(other).isEqualTo(one);
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertThat(World.run(Scenario.of(2), null).fingerprint())
                .isNotEqualTo(World.run(Scenario.of(3), null).fingerprint());
    }

    @Test
    void aServerThatSignedAnOpeningRecordGoesOnWhenAnotherHasGivenTheSetupUp() {
        assertThat(World.run(Scenario.of(137), null).failure()).isEmpty();
    }

    @Test
    void aFailedOfASetupWhoseInnerSeedsAreOutCanBeRead() {
        assertThat(World.run(Scenario.of(29), null).failure()).isEmpty();
    }

    private static List<String> failures(List<Scenario> scenarios) {
        List<String> failures = new ArrayList<>();
        Batch.run(
                scenarios,
                outcome -> outcome.failure().ifPresent(why -> failures.add("seed " + outcome.seed() + ": " + why)));
        return failures;
    }
}
