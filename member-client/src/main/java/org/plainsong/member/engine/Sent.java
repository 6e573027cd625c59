package org.plainsong.member.engine;

import java.util.Map;
import org.plainsong.core.board.Fragment;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;

/**
 * What the member wrote in an attempt; kept through the blame window, so that bits that somebody flipped can be accused (protocol §6).
 *
 * @param at the attempt
 * @param written what stands in each own slot that is not all zeros, by slot
 * @param pieces which piece of which item an own slot carries, by slot
 */
record Sent(AttemptId at, Map<Integer, ByteString> written, Map<Integer, Piece> pieces) {
    /** A piece on its way. */
    record Piece(OutboxItem item, Fragment fragment) {}
}
