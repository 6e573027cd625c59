package org.plainsong.testbed.sim;

import org.plainsong.core.board.ContentId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.transcript.Entry;

/** Something that a process did, for the invariants to look at. */
sealed interface Observation {
    /** The process. */
    String party();

    /** It sends a frame. */
    record Said(String party, Frame frame) implements Observation {}

    /** A server publishes an entry. */
    record Published(String party, Entry entry) implements Observation {}

    /** A member is told of a content. */
    record Arrived(String party, ContentId id) implements Observation {}

    /** A process says something to its operator. */
    record Noticed(String party, String kind, String text) implements Observation {}

    /** A process found a bug of ours in itself. */
    record Failed(String party, RuntimeException bug) implements Observation {}
}
