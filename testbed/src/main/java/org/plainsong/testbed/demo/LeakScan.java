package org.plainsong.testbed.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.testbed.local.LocalGroup;
import org.plainsong.testbed.local.LocalServer;

/**
 * Looks through everything that the demo's servers wrote for what must not be there (protocol §9.9): in logs no member's name or address, nowhere a signing key
 * but in its own file.
 */
final class LeakScan {
    private static final Pattern SEED = Pattern.compile("ed25519-seed ([0-9a-f]{64})");
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private final LocalGroup group;
    private final int members;

    LeakScan(LocalGroup group, int members) {
        this.group = group;
        this.members = members;
    }

    /** What was found, in sentences. */
    List<String> findings() throws IOException {
        List<String> findings = new ArrayList<>();
        for (LocalServer server : group.servers()) {
            log(server, findings);
            Matcher seed = SEED.matcher(
                    Files.readString(server.directory().resolve("keys").resolve("server.key")));
            if (!seed.find()) {
                findings.add("a server's key file has another form than this search knows");
                continue;
            }
            ByteString secret = ByteString.fromHex(seed.group(1));
            for (Path file : files(server.directory())) {
                boolean own = file.startsWith(server.directory().resolve("keys"));
                if (!own && (holds(file, secret) || holds(file, group.adminSeed()))) {
                    findings.add("a signing key stands in " + file);
                }
            }
        }
        return findings;
    }

    private void log(LocalServer server, List<String> findings) throws IOException {
        String log = Files.readString(server.log(), StandardCharsets.UTF_8);
        for (int i = 1; i <= members; i++) {
            if (Pattern.compile("\\bMember " + i + "\\b").matcher(log).find()) {
                findings.add("a member's name stands in " + server.log());
            }
        }
        Matcher address = ADDRESS.matcher(log);
        while (address.find()) {
            String port = address.group(1);
            if (group.servers().stream().noneMatch(each -> each.url().endsWith(":" + port))) {
                findings.add("an address stands in " + server.log());
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean holds(Path file, ByteString secret) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String bytes = new String(secret.toByteArray(), StandardCharsets.ISO_8859_1);
        return text.contains(bytes) || text.toLowerCase(Locale.ROOT).contains(secret.hex());
    }
}
