package org.plainsong.member;

import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.member.engine.Follower;
import org.plainsong.member.net.Connections;
import org.plainsong.member.net.DriverListener;

/** What all members of one process share: network threads, and for each group one reader of its transcript. */
public final class MemberHost implements AutoCloseable {
    private final Connections connections;
    private final Randomness randomness;
    private final ConcurrentMap<GroupId, Follower> followers = new ConcurrentHashMap<>();

    /**
     * A host without members.
     *
     * @param threads network threads; one does for a person's own client
     * @param randomness the operating system's, safe for several threads
     */
    public MemberHost(int threads, Randomness randomness) {
        this.connections = new Connections(threads);
        this.randomness = randomness;
    }

    /**
     * A member of one of the profile's groups, not started. Closing the runtime leaves the profile open.
     *
     * @param profile open
     * @param group one of its groups
     * @param minimum own smallest crowd for a post, none for the group's
     * @param listener hears what happens
     */
    public MemberRuntime member(MemberProfile profile, GroupId group, OptionalInt minimum, DriverListener listener) {
        return new MemberRuntime(this, profile, group, minimum, listener);
    }

    /** The connections of this process; see {@link org.plainsong.member.net.PublicRequest} for single requests. */
    public Connections connections() {
        return connections;
    }

    Randomness randomness() {
        return randomness;
    }

    Follower follower(GroupId group) {
        return followers.computeIfAbsent(group, g -> new Follower(new WireSignatureCheck()));
    }

    /** Ends the threads; the members must have been closed. */
    @Override
    public void close() {
        connections.close();
    }
}
