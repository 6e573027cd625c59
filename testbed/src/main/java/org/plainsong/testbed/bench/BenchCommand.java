package org.plainsong.testbed.bench;

import picocli.CommandLine.Command;

/** {@code plainsong bench}: figures of this machine. */
@Command(
        name = "bench",
        description = "Measure on this machine.",
        footer = {"", "Example: plainsong bench pads"},
        subcommands = {PadBenchCommand.class, RoundBenchCommand.class})
public final class BenchCommand {}
