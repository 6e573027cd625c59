package org.plainsong.core.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.FormatException;

/** Encodings to accept and to refuse, with the error, for {@code docs/vectors/cbor-bad.json}. */
final class CborVectors {
    private static final List<String> GOOD = List.of(
            "00",
            "17",
            "1818",
            "18ff",
            "190100",
            "1a00010000",
            "1b0000000100000000",
            "1b7fffffffffffffff",
            "40",
            "4100",
            "60",
            "62c3bc",
            "80",
            "8101",
            "a0",
            "a1000a",
            "a200010101",
            "82a1010241ff",
            "f4",
            "82f5f4");

    private static final List<String> BAD = List.of(
            "",
            "18",
            "1817",
            "1800",
            "1900ff",
            "190000",
            "1a0000ffff",
            "1b00000000ffffffff",
            "1b8000000000000000",
            "19ff",
            "1c",
            "1d",
            "1e",
            "1f",
            "20",
            "3903e7",
            "41",
            "420a",
            "5f4101ff",
            "5a7fffffff",
            "5b7fffffffffffffff",
            "5801ff",
            "61",
            "61ff",
            "62c080",
            "63eda080",
            "64f4908080",
            "61c3",
            "7f6161ff",
            "81",
            "9f01ff",
            "8301",
            "9a7fffffff",
            "9801ff",
            "a1",
            "a101",
            "a2010101",
            "a201000100",
            "a202000100",
            "a1616100",
            "a1410100",
            "a12000",
            "bf0101ff",
            "b801010a",
            "c001",
            "c24101",
            "e0",
            "f6",
            "f7",
            "f93c00",
            "fa47c35000",
            "fb3ff199999999999a",
            "ff",
            "0000",
            "4000",
            "a000",
            "81".repeat(17) + "00");

    private CborVectors() {}

    static Map<String, Object> all() {
        List<Object> bad = new ArrayList<>();
        for (String hex : BAD) {
            if (error(hex).isEmpty()) {
                throw new IllegalStateException(hex + " was accepted");
            }
            bad.add(PrimitiveVectors.object("hex", hex, "error", error(hex)));
        }
        GOOD.forEach(hex -> {
            if (!error(hex).isEmpty()) {
                throw new IllegalStateException(hex + " was refused: " + error(hex));
            }
        });
        return PrimitiveVectors.object(
                "description",
                "The part of CBOR that Plainsong uses (formats: CBOR): unsigned integers below 2^63, byte strings, texts in"
                        + " UTF-8, true and false, arrays and maps with unsigned integer keys in ascending order, definite lengths, each"
                        + " head as short as it can be. Every case is read as one item with nothing behind it; good are"
                        + " accepted, bad refused with the error, 'field: problem'.",
                "good",
                GOOD,
                "bad",
                bad);
    }

    /** The error on reading one item and the end, or nothing. */
    private static String error(String hex) {
        CborReader reader = new CborReader(ByteString.fromHex(hex));
        try {
            reader.item("item", 64);
            reader.end();
            return "";
        } catch (FormatException e) {
            return e.getMessage();
        }
    }
}
