package org.plainsong.core.wire;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;

/** Examples of statements of an attempt. */
final class RoundSamples {
    static final AttemptId AT = new AttemptId(Samples.EPOCH, 258, 1);

    private RoundSamples() {}

    static List<Samples.Sample> all() {
        return List.of(
                Samples.sample("header", header(0), "member 1"),
                Samples.sample("inventory", inventory(), "server 1"),
                Samples.sample(
                        "commitment",
                        new Commitment(
                                AT,
                                1,
                                Samples.bytes("clear", 32),
                                1_795_000_000_000L,
                                Samples.bytes("commitment 1", 32)),
                        "server 1"),
                Samples.sample(
                        "reveal",
                        new Reveal(
                                AT,
                                1,
                                Samples.bytes("commitments", 32),
                                Samples.bytes("nonce 1", 32),
                                Samples.bytes("share root 1", 32)),
                        "server 1"),
                Samples.sample("record", record(), "server 1", "server 2", "server 3"),
                Samples.sample(
                        "failed",
                        new Failed(
                                AT,
                                Samples.PREV,
                                2,
                                Samples.bytes("inventories", 32),
                                ByteString.fromHex("010203010200000301"),
                                ByteString.fromHex("f980"),
                                true),
                        "server 2"),
                Samples.sample(
                        "failed setup",
                        new Failed(
                                new AttemptId(Samples.EPOCH, 0, 0),
                                Samples.PREV,
                                2,
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                false),
                        "server 2"));
    }

    static Header header(int member) {
        return new Header(
                AT,
                Samples.PREV,
                Samples.bytes("layout", 32),
                Samples.MEMBERS.get(member),
                Samples.bytes("ciphertext root " + member, 32));
    }

    static Inventory inventory() {
        return new Inventory(
                AT,
                Samples.PREV,
                1,
                List.of(
                        Samples.signed(header(0), "member 1"),
                        Samples.signed(header(1), "member 2"),
                        Samples.signed(header(2), "member 3")),
                List.of(
                        Samples.signed(GroupSamples.hello(3), "member 4"),
                        Samples.signed(GroupSamples.hello(4), "member 5")),
                List.of(Samples.signed(ShuffleSamples.ok(4), "member 5")),
                true);
    }

    static Record record() {
        return new Record(
                AT,
                Samples.PREV,
                Samples.bytes("inventories", 32),
                ByteString.fromHex("010203010200000301"),
                ByteString.fromHex("f980"),
                List.of(4, 8),
                Samples.bytes("header root", 32),
                Samples.each("commitment", 3, 32),
                Samples.each("nonce", 3, 32),
                Samples.each("share root", 3, 32),
                Samples.bytes("output root", 32),
                1_795_000_000_001L,
                false,
                List.of(Samples.bytes("late record", 32)),
                List.of(Samples.bytes("verdict", 32)));
    }
}
