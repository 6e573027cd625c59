package org.plainsong.testbed.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code openssl speed} says of AES-256-CTR on this machine: the yardstick of the pads, run beside them. */
final class OpensslSpeed {
    private static final Pattern LAST_LINE = Pattern.compile("(?m)^AES-256-CTR\\s+([0-9.]+)k\\s*$");
    private static final double BYTES_PER_K = 1000;
    private static final int PATIENCE_SECONDS = 30;

    private OpensslSpeed() {}

    /** The version that answers, or a sentence that there is none. */
    static String version() {
        String said = run("openssl", "version").strip();
        return said.isEmpty() ? "openssl is missing" : said;
    }

    /**
     * Bytes a second on one core, by the clock on the wall, in pieces of this many bytes; nothing if there is no openssl or
     * it says something unknown.
     */
    static OptionalDouble bytesPerSecond(int size, int seconds) {
        String said = run(
                "openssl",
                "speed",
                "-elapsed",
                "-seconds",
                Integer.toString(seconds),
                "-evp",
                "aes-256-ctr",
                "-bytes",
                Integer.toString(size));
        Matcher line = LAST_LINE.matcher(said);
        return line.find()
                ? OptionalDouble.of(Double.parseDouble(line.group(1)) * BYTES_PER_K)
                : OptionalDouble.empty();
    }

    /** Its standard output, or nothing if it cannot be started. */
    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return said;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
