package org.plainsong.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;

/**
 * One example of every message, made from names alone: a key's seed is SHA-256 of its name, other bytes are a stream of SHA-256 over name and counter. Their
 * values fit each other in form only (a hash here is the hash of nothing).
 */
final class Samples {
    static final GroupId GROUP = new GroupId(bytes("group", 32));
    static final EpochId EPOCH = new EpochId(bytes("epoch", 32));
    static final RunId RUN = new RunId(bytes("run", 32));
    static final RecordHash PREV = new RecordHash(bytes("prev", 32));
    static final List<MemberId> MEMBERS = members(9);

    private Samples() {}

    /**
     * A message and who signs it.
     *
     * @param name one word or two, unique
     * @param message the message
     * @param signers names of its signers' keys
     */
    record Sample(String name, Message message, List<String> signers) {
        MessageType type() {
            return MessageType.of(message.getClass());
        }

        Signed<?> signed() {
            return Samples.signed(message, signers.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every sample; each message type has at least one. */
    static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        all.addAll(GroupSamples.all());
        all.addAll(SetupSamples.all());
        all.addAll(ShuffleSamples.all());
        all.addAll(RoundSamples.all());
        return all;
    }

    static Sample named(String name) {
        return all().stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no sample " + name));
    }

    static Sample sample(String name, Message message, String... signers) {
        return new Sample(name, message, List.of(signers));
    }

    /** This many bytes that follow from the name. */
    static ByteString bytes(String name, int size) {
        byte[] made = new byte[size];
        for (int at = 0, counter = 0; at < size; at += Hash.SIZE, counter++) {
            byte[] block = Hash.sha256((name + " " + counter).getBytes(StandardCharsets.UTF_8))
                    .toByteArray();
            System.arraycopy(block, 0, made, at, Math.min(block.length, size - at));
        }
        return ByteString.wrap(made);
    }

    static byte[] seed(String keyName) {
        return Hash.sha256(keyName.getBytes(StandardCharsets.UTF_8)).toByteArray();
    }

    static PublicKey key(String keyName) {
        return signer(keyName).publicKey();
    }

    static WireSigner signer(String keyName) {
        return new WireSigner(Ed25519.SigningKey.fromSeed(seed(keyName)));
    }

    static <M extends Message> Signed<M> signed(M message, String... keyNames) {
        return Envelopes.combine(
                Arrays.stream(keyNames).map(name -> signer(name).sign(message)).toList());
    }

    /** Member ids in ascending order. */
    static List<MemberId> members(int count) {
        List<MemberId> members = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            members.add(new MemberId(bytes("member " + i, MemberId.SIZE)));
        }
        members.sort(Comparator.naturalOrder());
        return members;
    }

    static List<ByteString> each(String name, int count, int size) {
        List<ByteString> values = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            values.add(bytes(name + " " + i, size));
        }
        return values;
    }
}
