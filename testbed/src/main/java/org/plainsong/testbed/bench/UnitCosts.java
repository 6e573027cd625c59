package org.plainsong.testbed.bench;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.pad.PadKernel;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;

/**
 * What the pieces of a round cost on this machine in this run, one thread: with the numbers of pieces they say where a round's processor time goes.
 *
 * @param padNanosPerByte keystream made and XORed
 * @param hashNanosPerByte tree hash over 1 KiB leaves
 * @param signMicros one signature
 * @param verifyMicros one check with a decoded key
 */
record UnitCosts(double padNanosPerByte, double hashNanosPerByte, double signMicros, double verifyMicros) {
    private static final long MILLIS = 300;
    private static final int STREAMS = 64;

    /** @param vectorBytes size of a round's vector */
    static UnitCosts measure(int vectorBytes) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        byte[] buffer = new byte[vectorBytes];
        PadStream[] streams = new PadStream[STREAMS];
        for (int i = 0; i < STREAMS; i++) {
            seed[0] = (byte) i;
            streams[i] = PadKey.of(Secret.copyOf(seed)).stream();
        }
        byte[] nonce = new byte[PadKey.NONCE_SIZE];
        double pads = nanos(n -> {
            nonce[0] = (byte) n;
            PadKernel.xorInto(streams, STREAMS, nonce, buffer, 0, vectorBytes);
        });
        double hash = nanos(n -> TreeHash.rootOfChunks(buffer));
        byte[] message = new byte[256];
        double sign;
        double verify;
        try (Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(seed)) {
            ByteString signature = key.sign(message);
            Ed25519.VerifyingKey verifying =
                    Ed25519.VerifyingKey.decode(key.publicKey()).orElseThrow();
            sign = nanos(n -> key.sign(message));
            verify = nanos(n -> verifying.verify(message, signature));
        }
        return new UnitCosts(pads / STREAMS / vectorBytes, hash / vectorBytes, sign / 1000, verify / 1000);
    }

    private static double nanos(IntConsumer task) {
        run(task);
        return run(task);
    }

    private static double run(IntConsumer task) {
        long start = System.nanoTime();
        int count = 0;
        while (System.nanoTime() - start < MILLIS * 1_000_000) {
            task.accept(count++);
        }
        return (System.nanoTime() - start) / (double) count;
    }
}
