package org.plainsong.core.epoch;

import org.plainsong.core.message.Packet;
import org.plainsong.core.verdict.Violation;

/** What the driver of a member's setup does, in the order given. */
public sealed interface MemberSetupEffect {
    /** Sends an own statement to every server, now and again on each new connection until the setup is over. What was to be kept is in the state before. */
    record SendToAll(Packet<?> packet) implements MemberSetupEffect {}

    /** A server broke the protocol, with proof: for the user and for the other servers. */
    record Found(Violation violation) implements MemberSetupEffect {}

    /** The epoch is open and this member has its slots in it. */
    record Seated(Seat seat) implements MemberSetupEffect {}

    /** The member takes no part in this epoch; a sentence for people. Its secrets stay in the state as long as it may be asked to open. */
    record NotSeated(String reason) implements MemberSetupEffect {}
}
