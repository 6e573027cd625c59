package org.plainsong.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    @Test
    void anEmptyFileGivesTheStandardValues() throws Exception {
        LoadedConfig loaded = ConfigReader.read("server.toml", "", Map.of(), Map.of());

        assertThat(loaded.config()).isEqualTo(ConfigReader.standard());
        assertThat(loaded.config().server().listen()).isEqualTo(new HostPort("127.0.0.1", 8443));
        assertThat(loaded.config().server().url()).isEqualTo("https://127.0.0.1:8443");
        assertThat(loaded.origins())
                .allSatisfy(origin -> assertThat(origin.source()).isEqualTo("standard"));
    }

    @Test
    void theExampleIsReadBackAsTheStandardValues() throws Exception {
        LoadedConfig loaded = ConfigReader.read("server.toml", ConfigExample.text(), Map.of(), Map.of());

        assertThat(loaded.config()).isEqualTo(ConfigReader.standard());
        assertThat(loaded.origins())
                .allSatisfy(origin -> assertThat(origin.source()).startsWith("server.toml:"));
    }

    @Test
    void anExampleWithHostileTextsIsReadBackExactly() throws Exception {
        String name = "a \"quoted\" \\ name\nwith a second line = [1]";

        LoadedConfig loaded =
                ConfigReader.read("server.toml", ConfigExample.text(Map.of("server.name", name)), Map.of(), Map.of());

        assertThat(loaded.config().server().name()).isEqualTo(name);
    }

    @Test
    void aFlagGoesBeforeAVariableBeforeTheFileBeforeTheStandard() throws Exception {
        String file = "[limits]\nconnections = 11\nidle_seconds = 12\nhandshake_seconds = 13\n";
        Map<String, String> environment =
                Map.of("PLAINSONG_LIMITS__CONNECTIONS", "21", "PLAINSONG_LIMITS__IDLE_SECONDS", "22");

        LoadedConfig loaded = ConfigReader.read("server.toml", file, environment, Map.of("limits.connections", "31"));

        assertThat(loaded.config().limits().connections()).isEqualTo(31);
        assertThat(loaded.config().limits().idleSeconds()).isEqualTo(22);
        assertThat(loaded.config().limits().handshakeSeconds()).isEqualTo(13);
        assertThat(loaded.config().limits().firstFrameSeconds()).isEqualTo(10);
        assertThat(loaded.origins())
                .contains(
                        new Origin("limits.connections", "31", "flag limits.connections"),
                        new Origin("limits.idle_seconds", "22", "environment PLAINSONG_LIMITS__IDLE_SECONDS"),
                        new Origin("limits.handshake_seconds", "13", "server.toml:4:1"),
                        new Origin("limits.first_frame_seconds", "10", "standard"));
    }

    @Test
    void everyMistakeIsNamedWithItsLineAndColumn() {
        String file = """
                shape = 1
                [server]
                name = 5
                  listne = "127.0.0.1:1"
                listen = "::1:80"
                [limits]
                connections = 2
                idle_seconds = "30"
                connections_per_address = 99999999999
                [loging]
                level = "info"
                [logging]
                level = "loud"
                """;

        assertThat(problems(file, Map.of(), Map.of()))
                .anySatisfy(line -> assertThat(line).startsWith("server.toml:1:1: unknown table or key \"shape\""))
                .anySatisfy(line -> assertThat(line).isEqualTo("server.toml:3:1: server.name: must be a text"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("server.toml:4:3: unknown key \"listne\" in [server]; known are name,"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("server.toml:5:1: server.listen: an IPv6 address goes into brackets"))
                .anySatisfy(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "server.toml:7:1: limits.connections: 2 is out of range, must be a number from 4 to 1000000"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("server.toml:8:1: limits.idle_seconds: must be a number from 1 to 3600 (seconds)"))
                .anySatisfy(line -> assertThat(line).startsWith("server.toml:9:1: limits.connections_per_address:"))
                .anySatisfy(line -> assertThat(line).startsWith("server.toml:10:1: unknown table or key \"loging\""))
                .anySatisfy(line ->
                        assertThat(line).isEqualTo("server.toml:13:1: logging.level: must be one of warn, info, debug"))
                .hasSize(9);
    }

    @Test
    void textThatIsNoTomlIsNamedWithItsLineAndColumn() {
        assertThat(problems("[server]\nname = \"open\nlisten = 3\n", Map.of(), Map.of()))
                .first()
                .asString()
                .startsWith("server.toml:2:");
    }

    @Test
    void aKeyGivenTwiceIsAMistake() {
        assertThat(problems("[server]\nname = \"a\"\nname = \"b\"\n", Map.of(), Map.of()))
                .first()
                .asString()
                .startsWith("server.toml:3:");
    }

    @Test
    void aVariableThatNamesNoKeyIsAMistakeAndOthersAreLeftAlone() {
        Map<String, String> environment =
                Map.of("PLAINSONG_LIMITS__CONECTIONS", "1", "PLAINSONG_HOME", "x", "OTHER__THING", "y");

        assertThat(problems("", environment, Map.of("limits.nothing", "1")))
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line).startsWith("environment PLAINSONG_LIMITS__CONECTIONS: no such key"))
                .anySatisfy(line -> assertThat(line).startsWith("flag limits.nothing: no such key"));
    }

    @Test
    void everyKeyIsDocumentedAndItsStandardIsValid() {
        assertThat(ConfigReader.standard()).isNotNull();
        assertThat(Schema.all())
                .allSatisfy(table -> assertThat(table.entries())
                        .allSatisfy(entry ->
                                assertThat(entry.key().doc()).as(entry.path()).endsWith(".")));
    }

    @Test
    void anAddressIsReadInEachOfItsForms() {
        assertThat(HostPort.parse("[::1]:80"))
                .isEqualTo(new HostPort("::1", 80))
                .hasToString("[::1]:80");
        assertThat(HostPort.parse("example.org:0")).isEqualTo(new HostPort("example.org", 0));
        for (String bad : List.of("", ":1", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80")) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> HostPort.parse(bad)))
                    .as(bad)
                    .isNotNull();
        }
    }

    private static List<String> problems(String file, Map<String, String> environment, Map<String, String> flags) {
        return catchThrowableOfType(
                        ConfigException.class, () -> ConfigReader.read("server.toml", file, environment, flags))
                .problems();
    }
}
