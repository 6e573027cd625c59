package org.plainsong.core.verdict;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Signed;

/**
 * What proves a violation to somebody who was not there.
 *
 * @param statements signed statements, the culprit's own first where there is one
 * @param bytes unsigned bytes that the statements name by hash: lists of a shuffle, shares, leaves
 */
public record Evidence(List<Signed<?>> statements, List<ByteString> bytes) {
    /** Copies the lists. */
    public Evidence {
        statements = List.copyOf(statements);
        bytes = List.copyOf(bytes);
    }

    /** Evidence made of signed statements alone, complete in itself (protocol §4.2). */
    public static Evidence of(Signed<?>... statements) {
        return new Evidence(List.of(statements), List.of());
    }
}
