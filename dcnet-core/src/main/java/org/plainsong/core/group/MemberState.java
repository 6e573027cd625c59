package org.plainsong.core.group;

/** What the roster says of a member (protocol §3). */
public enum MemberState {
    /** Takes part in new epochs. */
    ACTIVE,
    /** Is left out of new epochs until reinstated. */
    SUSPENDED,
    /** Left for good; neither its id nor any of its keys ever comes back. */
    REMOVED
}
