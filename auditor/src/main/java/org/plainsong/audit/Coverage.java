package org.plainsong.audit;

import java.util.List;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Entry;

/** Which checks an entry has passed when the chain has accepted it. */
final class Coverage {
    private static final List<Check> GROUP = List.of(Check.T2_ENCODING, Check.T10_DEFINITION, Check.T20_ORDER);
    private static final List<Check> ROSTER = List.of(Check.T2_ENCODING, Check.T11_ROSTER, Check.T20_ORDER);
    private static final List<Check> OPENING = List.of(
            Check.T2_ENCODING,
            Check.T20_ORDER,
            Check.T21_SIGNATURES,
            Check.T22_LINKS,
            Check.T23_TIME,
            Check.T30_OPENING);
    private static final List<Check> RECORD = List.of(
            Check.T2_ENCODING,
            Check.T20_ORDER,
            Check.T21_SIGNATURES,
            Check.T22_LINKS,
            Check.T23_TIME,
            Check.T24_LAST,
            Check.T40_PARTICIPANTS,
            Check.T41_FLOOR,
            Check.T42_EXPECTED,
            Check.T43_LATE,
            Check.T44_OUTPUT,
            Check.T45_SHARES_NAMED,
            Check.T47_ENTERED);
    private static final List<Check> FAILED = List.of(
            Check.T2_ENCODING,
            Check.T20_ORDER,
            Check.T21_SIGNATURES,
            Check.T22_LINKS,
            Check.T24_LAST,
            Check.T46_FAILED);

    private Coverage() {}

    static List<Check> of(int kind) {
        return switch (kind) {
            case Entry.GROUP -> GROUP;
            case Entry.ROSTER -> ROSTER;
            case Entry.OPENING_RECORD -> OPENING;
            case Entry.RECORD -> RECORD;
            case Entry.FAILED_RECORD -> FAILED;
            default -> throw new IllegalStateException("the chain has accepted an entry of kind " + kind);
        };
    }
}
