package org.plainsong.testbed;

import org.plainsong.commands.CommandRunner;
import org.plainsong.testbed.bench.BenchCommand;
import org.plainsong.testbed.demo.DemoCommand;
import org.plainsong.testbed.sim.SimulateCommand;
import picocli.CommandLine.Command;

/** Entry of {@code plainsong demo}, {@code simulate} and {@code bench}. */
@Command(
        name = "plainsong",
        description = "Whole groups on one machine: to see, to test and to measure.",
        subcommands = {DemoCommand.class, SimulateCommand.class, BenchCommand.class})
public final class TestbedMain {
    private TestbedMain() {}

    /** Runs one of the testbed's commands and ends the process with its exit status. */
    public static void main(String[] args) {
        CommandRunner.main(new TestbedMain(), args);
    }
}
