package org.plainsong.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.plainsong.core.bytes.ByteString;

/** Any bytes are refused with a {@link FormatException}, or written again to the same bytes. */
class CborReaderFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void refusesBytesOrWritesThemAgain(byte[] input) {
        CborReader reader = new CborReader(input, 0, input.length);
        ByteString item;
        try {
            item = reader.item("item", 1 << 16);
        } catch (FormatException e) {
            return;
        }
        if (!CborTest.rewritten(item).equals(item)) {
            throw new AssertionError("accepted but not canonical: " + item.hex());
        }
    }
}
