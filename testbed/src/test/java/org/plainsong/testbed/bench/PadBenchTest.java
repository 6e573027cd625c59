package org.plainsong.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plainsong.commands.CommandRunner;
import org.plainsong.commands.ExitCode;

class PadBenchTest {
    @Test
    void measuresEverySizeOnOneThreadAndOnTwoAndComparesWithTheYardstick() {
        PadBench.Result result =
                new PadBench(4, List.of(64, 16384), 1, size -> OptionalDouble.of(2e9), said -> {}).run();

        assertThat(result.members()).isEqualTo(4);
        assertThat(result.yardsticks()).extracting(PadBench.Yardstick::size).containsExactly(64, 16384);
        assertThat(result.cells())
                .hasSize(4)
                .allSatisfy(cell -> assertThat(cell.ratio())
                        .isCloseTo(cell.gigabytesPerSecond() / 2, org.assertj.core.data.Offset.offset(1e-9)));
        assertThat(result.cells()).extracting(PadBench.Cell::threads).containsExactly(1, 1, 2, 2);
    }

    @Test
    void givesNoRatioWithoutOpenssl() {
        PadBench.Result result = new PadBench(2, List.of(64), 1, size -> OptionalDouble.empty(), said -> {}).run();

        assertThat(result.yardsticks()).isEmpty();
        assertThat(result.cells()).extracting(PadBench.Cell::ratio).containsOnlyNulls();
    }

    @Test
    void refusesNumbersThatCannotBeMeasured() {
        StringWriter err = new StringWriter();
        int status = CommandRunner.run(
                new PadBenchCommand(), new PrintWriter(new StringWriter()), new PrintWriter(err), "--members", "1");

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("1 members").contains("Take 2 to 100000 members");
    }
}
