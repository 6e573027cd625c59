package org.plainsong.server.net;

import org.plainsong.core.message.Frame.Problem;
import org.plainsong.core.wire.FormatException;

/** The named refusals on a WebSocket. Each closes the connection. */
public final class Problems {
    /** Time for the other side to read the reason. */
    static final int GRACE_SECONDS = 2;

    static final Problem TOO_SLOW =
            new Problem("too-slow", "No key was proven in time. Connect again and answer the challenge at once.");
    static final Problem WRONG_GROUP = new Problem(
            "wrong-group", "The statement names another group than the address. Connect to that group's address.");
    static final Problem NOT_PROVEN = new Problem(
            "not-proven",
            "The statement does not answer this connection's challenge to this server, or its signature is not good. Sign the challenge of this connection.");
    static final Problem NOT_A_MEMBER = new Problem(
            "not-a-member",
            "No current member, auditor or server of this group has this key. Ask an admin, or wait until the roster entry has arrived here.");
    static final Problem SUSPENDED =
            new Problem("suspended", "This member takes part in nothing until the admins reinstate it. Ask an admin.");
    static final Problem WRONG_DIRECTION = new Problem(
            "wrong-direction", "Of two servers the one with the lower number connects. Wait for the connection.");
    static final Problem UNEXPECTED =
            new Problem("unexpected-frame", "A frame of this kind is not taken here and now.");
    static final Problem UNKNOWN_SIGNER = new Problem(
            "unknown-signer",
            "The statement bears a signature that is not good, or of a key that has no say in this group.");
    static final Problem CIPHERTEXT = new Problem(
            "ciphertext-differs", "The ciphertext is not the one that its header names. Send the one that was signed.");
    static final Problem SLOW_READER =
            new Problem("slow-reader", "Too much waits to be read on this connection. Connect again and read faster.");
    /** Said to a connection that ends for this reason. */
    public static final Problem REPLACED = new Problem("replaced", "A newer connection has taken this one's place.");
    /** Said to a connection that ends for this reason. */
    public static final Problem ROSTER_CHANGED =
            new Problem("roster-changed", "The roster has changed and this key has no say any more. Ask an admin.");
    /** Said to a connection that ends for this reason. */
    public static final Problem STOPPING = new Problem("stopping", "The server stops. Connect to another one.");

    private Problems() {}

    static Problem badFrame(FormatException what) {
        String text = "The message cannot be read: " + what.getMessage();
        return new Problem("bad-frame", text.length() > 300 ? text.substring(0, 300) : text);
    }
}
