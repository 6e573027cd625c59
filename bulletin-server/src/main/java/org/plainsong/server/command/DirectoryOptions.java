package org.plainsong.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plainsong.commands.CommandFailure;
import org.plainsong.server.config.ConfigException;
import org.plainsong.server.config.ConfigReader;
import org.plainsong.server.config.LoadedConfig;
import org.plainsong.server.hosting.ServerDirectory;
import picocli.CommandLine.Option;

/** Which server a command is about. */
final class DirectoryOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "plainsong-server",
            description = "The server's directory. Standard: ${DEFAULT-VALUE}")
    private Path directory = Path.of("plainsong-server");

    @Option(
            names = "--set",
            paramLabel = "SECTION.KEY=VALUE",
            description = "Overrides one value of the configuration; may be given several times.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    ServerDirectory directory() {
        return new ServerDirectory(directory.toAbsolutePath().normalize());
    }

    Map<String, String> overrides() {
        return overrides;
    }

    /** The configuration of the directory's file, or of the one given. */
    LoadedConfig load(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw CommandFailure.usage(
                    "there is no configuration " + file, "Make a server first: plainsong server init --dir DIR");
        }
        return read(file.getFileName().toString(), Files.readString(file), overrides);
    }

    static LoadedConfig read(String name, String toml, Map<String, String> overrides) {
        try {
            return ConfigReader.read(name, toml, System.getenv(), overrides);
        } catch (ConfigException e) {
            throw CommandFailure.usage(
                    "the configuration has " + e.problems().size() + " mistake(s):\n  "
                            + String.join("\n  ", e.problems()),
                    "Correct them; plainsong server config example shows every key.");
        }
    }

    /** The directory of a server that has been initialised. */
    ServerDirectory existing() {
        ServerDirectory found = directory();
        if (!Files.exists(found.serverKey())) {
            throw CommandFailure.usage(
                    "there is no server in " + found.root(),
                    "Name its directory with --dir, or make one: plainsong server init --dir DIR");
        }
        return found;
    }
}
