package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.transcript.EntryCodec;

/** Bytes changed by seed: a parser gives a message or a {@link FormatException}, nothing else, and what it gives is written as the same bytes again. */
final class MutationTest {
    private static final int TRIES = 1500;

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void envelopesEndInAMessageOrANamedField(Samples.Sample sample) {
        byte[] envelope = Envelopes.encode(sample.signed()).toByteArray();
        for (int seed = 0; seed < TRIES; seed++) {
            ByteString changed = change(envelope, seed);
            try {
                assertThat(Envelopes.encode(Envelopes.decode(changed))).isEqualTo(changed);
            } catch (FormatException e) {
                assertThat(e.field()).as("seed " + seed).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void payloadsEndInAMessageOrANamedField(Samples.Sample sample) {
        byte[] payload = MessageCodec.encode(sample.message()).toByteArray();
        for (int seed = 0; seed < TRIES; seed++) {
            ByteString changed = change(payload, seed);
            try {
                assertThat(MessageCodec.encode(MessageCodec.decode(sample.type(), changed)))
                        .isEqualTo(changed);
            } catch (FormatException e) {
                assertThat(e.field())
                        .as("seed " + seed)
                        .startsWith(sample.type().text());
            }
        }
    }

    @Test
    void framesEndInAFrameOrANamedField() {
        for (Frame frame : FrameSamples.all().values()) {
            byte[] whole = Frames.encode(frame).whole().toByteArray();
            for (int seed = 0; seed < TRIES; seed++) {
                ByteString changed = change(whole, seed);
                try {
                    Frame decoded = Frames.decode(changed, FrameLimits.FROM_SERVER);
                    assertThat(Frames.encode(decoded).whole()).isEqualTo(changed);
                } catch (FormatException e) {
                    assertThat(e.field()).as("seed " + seed).isNotEmpty();
                }
            }
        }
    }

    @Test
    void entriesEndInAnEntryOrANamedField() {
        byte[] entry = EntryCodec.encode(FrameSamples.entry()).toByteArray();
        for (int seed = 0; seed < TRIES; seed++) {
            ByteString changed = change(entry, seed);
            try {
                assertThat(EntryCodec.encode(EntryCodec.decode(changed))).isEqualTo(changed);
            } catch (FormatException e) {
                assertThat(e.field()).as("seed " + seed).startsWith("entry");
            }
        }
    }

    /** One to three changes: a bit, a byte, bytes removed, bytes put in, a stretch copied elsewhere. The beginning, where the structure is, is hit more often. */
    private static ByteString change(byte[] original, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = original;
        for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            int reach = random.nextBoolean() ? Math.min(bytes.length, 64) : bytes.length;
            int at = reach == 0 ? 0 : random.nextInt(reach);
            int size = Math.min(random.nextInt(1, 9), bytes.length - at);
            bytes = switch (random.nextInt(5)) {
                case 0 -> replaced(bytes, at, (byte) (bytes.length == 0 ? 0 : bytes[at] ^ (1 << random.nextInt(8))));
                case 1 -> replaced(bytes, at, (byte) random.nextInt(256));
                case 2 -> spliced(bytes, at, size, new byte[0]);
                case 3 -> spliced(bytes, at, 0, some(random));
                default -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + size));
            };
        }
        return ByteString.wrap(bytes);
    }

    private static byte[] some(SplittableRandom random) {
        byte[] some = new byte[random.nextInt(1, 9)];
        random.nextBytes(some);
        return some;
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[at] = value;
        }
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] put) {
        byte[] changed = new byte[bytes.length - removed + put.length];
        System.arraycopy(bytes, 0, changed, 0, at);
        System.arraycopy(put, 0, changed, at, put.length);
        System.arraycopy(bytes, at + removed, changed, at + put.length, bytes.length - at - removed);
        return changed;
    }
}
