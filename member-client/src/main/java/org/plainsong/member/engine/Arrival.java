package org.plainsong.member.engine;

import org.plainsong.core.board.Content;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;

/**
 * A content that an entry completed; shared by all members of a process.
 *
 * @param id its id
 * @param bytes its bytes
 * @param content what it says
 * @param origin where it stands
 */
record Arrival(ContentId id, ByteString bytes, Content content, MemberSnapshot.Origin origin) {}
