package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;

class CborTest {
    @Test
    void encodesAsTheExamplesOfRfc8949() {
        // RFC 8949 appendix A, the rows that Plainsong's part of CBOR has.
        assertThat(hex(new CborWriter().uint(0))).isEqualTo("00");
        assertThat(hex(new CborWriter().uint(23))).isEqualTo("17");
        assertThat(hex(new CborWriter().uint(24))).isEqualTo("1818");
        assertThat(hex(new CborWriter().uint(100))).isEqualTo("1864");
        assertThat(hex(new CborWriter().uint(1000))).isEqualTo("1903e8");
        assertThat(hex(new CborWriter().uint(1000000))).isEqualTo("1a000f4240");
        assertThat(hex(new CborWriter().uint(1000000000000L))).isEqualTo("1b000000e8d4a51000");
        assertThat(hex(new CborWriter().bytes(new byte[0]))).isEqualTo("40");
        assertThat(hex(new CborWriter().bytes(ByteString.fromHex("01020304")))).isEqualTo("4401020304");
        assertThat(hex(new CborWriter().text(""))).isEqualTo("60");
        assertThat(hex(new CborWriter().text("IETF"))).isEqualTo("6449455446");
        assertThat(hex(new CborWriter().text("ü"))).isEqualTo("62c3bc");
        assertThat(hex(new CborWriter().text("水"))).isEqualTo("63e6b0b4");
        assertThat(hex(new CborWriter().text("𐅑"))).isEqualTo("64f0908591");
        assertThat(hex(new CborWriter().bool(false).bool(true))).isEqualTo("f4f5");
        assertThat(hex(new CborWriter().array(0))).isEqualTo("80");
        assertThat(hex(new CborWriter().array(3).uint(1).uint(2).uint(3))).isEqualTo("83010203");
        assertThat(hex(new CborWriter().map(2).key(1).uint(2).key(3).uint(4))).isEqualTo("a201020304");
        assertThat(hex(new CborWriter().array(1).raw(ByteString.fromHex("820203"))))
                .isEqualTo("81820203");
    }

    @Test
    void readsBackEveryLengthAroundTheBordersOfTheHead() throws FormatException {
        for (long border : new long[] {0, 23, 24, 255, 256, 65535, 65536, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE}) {
            for (long value = Math.max(0, border - 1); value <= border && value >= 0; value++) {
                CborReader reader = new CborReader(new CborWriter().uint(value).toByteString());
                assertThat(reader.uint("n", Long.MAX_VALUE)).isEqualTo(value);
                reader.end();
            }
        }
        for (int size : new int[] {0, 23, 24, 255, 256, 65535, 65536, 70000}) {
            ByteString bytes = ByteString.wrap(new byte[size]);
            ByteString encoded =
                    new CborWriter(1).bytes(bytes).text("x".repeat(size)).toByteString();
            CborReader reader = new CborReader(encoded);
            assertThat(reader.bytesExact("b", size)).isEqualTo(bytes);
            assertThat(reader.text("t", size)).hasSize(size);
            reader.end();
        }
    }

    @Test
    void acceptsOfAllShortInputsOnlyWhatItWouldWriteItself() {
        // All of one and two bytes, and of three bytes those with a third byte at a border of the format.
        int[] thirds = {0x00, 0x01, 0x17, 0x18, 0x19, 0x1b, 0x1f, 0x20, 0x40, 0x41, 0x60, 0x7f, 0x80, 0xa0, 0xc0, 0xff};
        byte[] input = new byte[3];
        for (int value = 0; value < 1 << 16; value++) {
            input[0] = (byte) (value >>> 8);
            input[1] = (byte) value;
            requireCanonicalOrRefused(input, 1);
            requireCanonicalOrRefused(input, 2);
            for (int third : thirds) {
                input[2] = (byte) third;
                requireCanonicalOrRefused(input, 3);
            }
        }
    }

    private static void requireCanonicalOrRefused(byte[] input, int size) {
        ByteString item;
        try {
            item = new CborReader(input, 0, size).item("item", 3);
        } catch (FormatException e) {
            return;
        }
        if (!rewritten(item).equals(item)) {
            throw new AssertionError("accepted but not canonical: " + item.hex());
        }
    }

    @Test
    void survivesAndNeverAcceptsAMutationThatItWouldWriteDifferently() {
        Random random = new Random(42);
        for (int round = 0; round < 50_000; round++) {
            CborWriter writer = new CborWriter();
            writeRandom(writer, random, 0);
            byte[] bytes = writer.toByteString().toByteArray();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            CborReader reader = new CborReader(bytes, 0, bytes.length);
            try {
                ByteString item = reader.item("item", 1 << 20);
                assertThat(rewritten(item)).isEqualTo(item);
            } catch (FormatException e) {
                assertThat(e.field()).isEqualTo("item");
            }
        }
    }

    @Test
    void agreesWithJacksonInBothDirections() throws Exception {
        var jackson = new tools.jackson.dataformat.cbor.CBORMapper();
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            CborWriter writer = new CborWriter();
            Object value = writeRandom(writer, random, 0);
            ByteString ours = writer.toByteString();

            assertThat(plain(jackson.readTree(ours.unsafeArray()))).isEqualTo(value);
        }
    }

    @Test
    void refusesAndNamesTheField() {
        refused(
                "empty input",
                "n: missing, the bytes end before it",
                () -> reader("").uint("n", 9));
        refused("over the limit", "n: 10 is more than 9", () -> reader("0a").uint("n", 9));
        refused("below the limit", "n: 2 is less than 3", () -> reader("02").uint("n", 3, 9));
        refused(
                "2^64 - 1",
                "n: 18446744073709551615 is more than 9223372036854775807",
                () -> reader("1bffffffffffffffff").uint("n", Long.MAX_VALUE));
        refused(
                "long form of 23",
                "n: not the shortest form of 23",
                () -> reader("1817").uint("n", 99));
        refused(
                "long form of 255",
                "n: not the shortest form of 255",
                () -> reader("1900ff").uint("n", 999));
        refused(
                "long form of 65535",
                "n: not the shortest form of 65535",
                () -> reader("1a0000ffff").uint("n", 99999));
        refused(
                "long form of 2^32 - 1",
                "n: not the shortest form of 4294967295",
                () -> reader("1b00000000ffffffff").uint("n", Long.MAX_VALUE));
        refused(
                "cut head",
                "n: the bytes end within its head",
                () -> reader("19ff").uint("n", 9));
        refused("reserved head", "n: reserved length form", () -> reader("1c").uint("n", 9));
        refused(
                "negative",
                "n: a negative integer instead of an unsigned integer",
                () -> reader("20").uint("n", 9));
        refused(
                "tag",
                "n: a tag instead of an unsigned integer",
                () -> reader("c001").uint("n", 9));
        refused(
                "null",
                "n: a simple value or float instead of a byte string",
                () -> reader("f6").bytes("n", 0, 9));
        refused(
                "indefinite bytes",
                "b: indefinite length",
                () -> reader("5f4101ff").bytes("b", 0, 9));
        refused(
                "too long",
                "b: 3 bytes, at most 2 allowed",
                () -> reader("43010203").bytes("b", 0, 2));
        refused(
                "too short",
                "b: 1 bytes, at least 2 needed",
                () -> reader("4101").bytes("b", 2, 9));
        refused("cut", "b: ends after 1 of 2 bytes", () -> reader("4201").bytes("b", 0, 9));
        refused(
                "huge claim",
                "b: ends after 0 of 2147483647 bytes",
                () -> reader("5a7fffffff").bytes("b", 0, Integer.MAX_VALUE));
        refused(
                "huger claim",
                "b: 4294967295 bytes, at most 2147483647 allowed",
                () -> reader("5affffffff").bytes("b", 0, Integer.MAX_VALUE));
        refused(
                "overlong UTF-8",
                "t: the text is not UTF-8",
                () -> reader("62c080").textWithControls("t", 9));
        refused(
                "surrogate in UTF-8",
                "t: the text is not UTF-8",
                () -> reader("63eda080").textWithControls("t", 9));
        refused(
                "beyond Unicode",
                "t: the text is not UTF-8",
                () -> reader("64f4908080").textWithControls("t", 9));
        refused("cut UTF-8", "t: the text is not UTF-8", () -> reader("61c3").textWithControls("t", 9));
        refused(
                "NUL",
                "t: a control character in the text",
                () -> reader("6100").text("t", 9));
        refused(
                "line feed",
                "t: a control character in the text",
                () -> reader("610a").text("t", 9));
        refused(
                "C1 control",
                "t: a control character in the text",
                () -> reader("62c285").text("t", 9));
        refused(
                "too many items",
                "a: 3 entries, at most 2 allowed",
                () -> reader("83010203").array("a", 0, 2));
        refused(
                "too few items",
                "a: 0 entries, at least 1 needed",
                () -> reader("80").array("a", 1, 2));
        refused(
                "items that cannot be there",
                "a: no room for 4 entries in 3 bytes",
                () -> reader("84010203").array("a", 0, 9));
        refused(
                "entries that cannot be there",
                "m: no room for 2 entries in 3 bytes",
                () -> reader("a2010203").map("m", 2));
        refused(
                "other number of entries",
                "m: 1 entries, at least 2 needed",
                () -> reader("a10102").map("m", 2));
        refused("other key", "m: key 3 instead of 2", () -> reader("03").key("m", 2));
        refused(
                "not a boolean",
                "f: a simple value or float instead of true or false",
                () -> reader("f6").bool("f"));
        refused(
                "number for a boolean",
                "f: an unsigned integer instead of true or false",
                () -> reader("01").bool("f"));
        refused("bytes left", "end: 1 bytes too many", () -> reader("00").end());
        refused(
                "unsorted keys within an item",
                "i: key 1 after key 2",
                () -> reader("a202000100").item("i", 9));
        refused(
                "repeated key within an item",
                "i: key 1 after key 1",
                () -> reader("a201000100").item("i", 9));
        refused(
                "text key within an item",
                "i: a text instead of an unsigned integer",
                () -> reader("a1616100").item("i", 9));
        refused(
                "item too long",
                "i: 3 bytes, at most 2 allowed",
                () -> reader("820102").item("i", 2));
        refused(
                "item too deep",
                "i: more than 16 levels deep",
                () -> reader("81".repeat(17) + "00").item("i", 99));
        refused(
                "float within an item",
                "i: a simple value or float instead of true or false",
                () -> reader("81f90000").item("i", 9));
    }

    @Test
    void readsAMapWithAnOptionalKey() throws FormatException {
        CborReader reader = reader("a2010a030b");
        assertThat(reader.mapBetween("m", 1, 3)).isEqualTo(2);
        assertThat(reader.keyIf(1)).isTrue();
        assertThat(reader.uintAsInt("one", 99)).isEqualTo(10);
        assertThat(reader.keyIf(2)).isFalse();
        reader.key("m", 3);
        assertThat(reader.uint("three", 99)).isEqualTo(11);
        assertThat(reader.keyIf(4)).isFalse();
        assertThat(reader.remaining()).isZero();
        reader.end();
    }

    @Test
    void readsWithinARangeOnly() throws FormatException {
        byte[] bytes = HexFormat.of().parseHex("ff4201020a");
        CborReader reader = new CborReader(bytes, 1, 3);
        assertThat(reader.bytesExact("b", 2)).isEqualTo(ByteString.fromHex("0102"));
        reader.end();
        assertThatThrownBy(() -> new CborReader(bytes, 1, 2).bytes("b", 0, 9))
                .isInstanceOf(FormatException.class)
                .hasMessage("b: ends after 1 of 2 bytes");
        assertThat(reader("63610a62").textWithControls("t", 3)).isEqualTo("a\nb");
    }

    @Test
    void doesNotWriteWhatCannotBeRead() {
        assertThatThrownBy(() -> new CborWriter().uint(-1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().text("a\ud800")).isInstanceOf(IllegalStateException.class);
    }

    private static void refused(String name, String message, ThrowingCallable call) {
        assertThatThrownBy(call).as(name).isInstanceOf(FormatException.class).hasMessage(message);
    }

    private static CborReader reader(String hex) {
        return new CborReader(ByteString.fromHex(hex));
    }

    private static String hex(CborWriter writer) {
        return writer.toByteString().hex();
    }

    /** Decodes and encodes again, with the reader's public methods alone. */
    private static ByteString rewritten(ByteString item) {
        try {
            CborReader reader = new CborReader(item);
            CborWriter writer = new CborWriter();
            copy(reader, writer, item);
            reader.end();
            return writer.toByteString();
        } catch (FormatException e) {
            throw new AssertionError("accepted as an item and refused on reading: " + item.hex(), e);
        }
    }

    private static void copy(CborReader reader, CborWriter writer, ByteString whole) throws FormatException {
        int at = whole.size() - reader.remaining();
        switch ((whole.at(at) & 0xff) >>> 5) {
            case 0 -> writer.uint(reader.uint("n", Long.MAX_VALUE));
            case 2 -> writer.bytes(reader.bytes("b", 0, Integer.MAX_VALUE));
            case 3 -> writer.text(reader.textWithControls("t", Integer.MAX_VALUE));
            case 4 -> {
                int count = reader.array("a", 0, Integer.MAX_VALUE);
                writer.array(count);
                for (int i = 0; i < count; i++) {
                    copy(reader, writer, whole);
                }
            }
            case 7 -> writer.bool(reader.bool("s"));
            default -> {
                int count = reader.mapBetween("m", 0, Integer.MAX_VALUE);
                writer.map(count);
                for (int i = 0; i < count; i++) {
                    writer.key(reader.uint("k", Long.MAX_VALUE));
                    copy(reader, writer, whole);
                }
            }
        }
    }

    /** Writes a random item and gives it as plain lists, pairs, hexadecimal strings and longs. */
    private static Object writeRandom(CborWriter writer, Random random, int depth) {
        return switch (random.nextInt(depth < 3 ? 5 : 3)) {
            case 0 -> {
                long value = random.nextLong() >>> (1 + random.nextInt(63));
                writer.uint(value);
                yield value;
            }
            case 1 -> {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                writer.bytes(bytes);
                yield "h" + HexFormat.of().formatHex(bytes);
            }
            case 2 -> {
                String text = "añ水𐅑\n".repeat(random.nextInt(5));
                writer.text(text);
                yield "t" + text;
            }
            case 3 -> {
                int count = random.nextInt(5);
                writer.array(count);
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    items.add(writeRandom(writer, random, depth + 1));
                }
                yield items;
            }
            default -> {
                int count = random.nextInt(5);
                writer.map(count);
                List<Object> entries = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    writer.key(10L * i);
                    entries.add("k" + 10 * i);
                    entries.add(writeRandom(writer, random, depth + 1));
                }
                yield entries;
            }
        };
    }

    private static Object plain(tools.jackson.databind.JsonNode node) throws Exception {
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        if (node.isBinary()) {
            return "h" + HexFormat.of().formatHex(node.binaryValue());
        }
        if (node.isString()) {
            return "t" + new String(node.asString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
        List<Object> items = new ArrayList<>();
        if (node.isArray()) {
            for (var item : node.values()) {
                items.add(plain(item));
            }
        } else {
            for (var entry : node.properties()) {
                items.add("k" + entry.getKey());
                items.add(plain(entry.getValue()));
            }
        }
        return items;
    }
}
