package org.plainsong.member.engine;

import org.plainsong.core.message.SignatureCheck;

/**
 * Applies the entries of a transcript, checking everything. Members of one process that follow the same group share one: it
 * remembers its latest steps, so that identical bytes after an identical history are checked and decoded once.
 */
public final class Follower {
    private final SignatureCheck check;

    /** A follower that checks with this. */
    public Follower(SignatureCheck check) {
        this.check = check;
    }

    SignatureCheck check() {
        return check;
    }
}
