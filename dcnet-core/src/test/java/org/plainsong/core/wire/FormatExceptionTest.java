package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;

/** Paths of fields, and the two things that {@link CborReader} reads for them besides plain items. */
final class FormatExceptionTest {
    @Test
    void namesAFieldByItsPath() {
        FormatException problem = new FormatException("layout", "too short");
        assertThat(problem.in("payload").in("headers[3]").in("inventory"))
                .hasMessage("inventory.headers[3].payload.layout: too short");
        assertThat(new FormatException("[2]", "out of order").in("slots")).hasMessage("slots[2]: out of order");
    }

    @Test
    void anEmptyNameStandsForTheWhole() {
        assertThat(new FormatException("", "too long").in("hello")).hasMessage("hello: too long");
        assertThat(new FormatException("hello", "too long").in("")).hasMessage("hello: too long");
    }

    @Test
    void readsTrueAndFalseAndNothingElseAsTruth() throws FormatException {
        assertThat(reader("f5").bool("wish")).isTrue();
        assertThat(reader("f4").bool("wish")).isFalse();
        assertThat(refused("", "wish")).isEqualTo("wish: missing, the bytes end before it");
        for (String other : new String[] {"00", "01", "f6", "f7", "f8f5", "61", "40", "fb"}) {
            assertThat(refused(other, "wish")).startsWith("wish: ").endsWith(" instead of true or false");
        }
    }

    @Test
    void readsNestedItemsWhereTheyLieAndNotBeyond() throws FormatException {
        CborReader outer = reader("4318ff01" + "07");
        CborReader inner = outer.nested("inner", 3);
        assertThat(inner.uint("a", 255)).isEqualTo(255);
        assertThat(outer.uint("after", 10)).isEqualTo(7);
        assertThat(inner.uint("b", 1)).isEqualTo(1);
        inner.end();
        FormatException beyond = catchThrowableOfType(FormatException.class, () -> inner.uint("c", 10));
        assertThat(beyond).hasMessage("c: missing, the bytes end before it");
        FormatException long4 = catchThrowableOfType(
                FormatException.class, () -> reader("4401020304").nested("n", 3));
        assertThat(long4).hasMessage("n: 4 bytes, at most 3 allowed");
        FormatException none =
                catchThrowableOfType(FormatException.class, () -> reader("40").nested("n", 3));
        assertThat(none).hasMessage("n: 0 bytes, at least 1 needed");
    }

    private static String refused(String hex, String field) {
        return catchThrowableOfType(FormatException.class, () -> reader(hex).bool(field))
                .getMessage();
    }

    private static CborReader reader(String hex) {
        return new CborReader(ByteString.fromHex(hex));
    }
}
