package org.plainsong.testbed.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;

/** What happened in a run: a fingerprint over all of it, and lines for people where somebody wants to read them. */
final class Trace {
    private static final int SHOWN = 16;

    private final Timeline time;
    private final Consumer<String> lines;
    private final boolean wanted;
    private final MessageDigest digest = Hash.newSha256();
    private long events;

    private Trace(Timeline time, boolean wanted, Consumer<String> lines) {
        this.time = time;
        this.wanted = wanted;
        this.lines = lines;
    }

    /** A fingerprint only. */
    static Trace silent(Timeline time) {
        return new Trace(time, false, line -> {});
    }

    /** A fingerprint and lines. */
    static Trace to(Timeline time, Consumer<String> lines) {
        return new Trace(time, true, lines);
    }

    /** A party did or met something. */
    void line(String party, Supplier<String> what) {
        if (wanted) {
            lines.accept(String.format(Locale.ROOT, "%9.3f %-3s %s", time.elapsed() / 1000.0, party, what.get()));
        }
    }

    /** These bytes arrived. */
    void bytes(String from, String to, ByteString frame) {
        events++;
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(time.now()).array());
        digest.update((from + ">" + to).getBytes(StandardCharsets.UTF_8));
        digest.update(frame.unsafeArray());
    }

    /** Something else happened. */
    void event(String party, String what) {
        events++;
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(time.now()).array());
        digest.update((party + ":" + what).getBytes(StandardCharsets.UTF_8));
        line(party, () -> what);
    }

    /** Events so far. */
    long events() {
        return events;
    }

    /** The fingerprint; ends the trace. */
    String fingerprint() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN);
    }
}
