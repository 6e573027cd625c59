package org.plainsong.server.net;

/**
 * What the edge allows, in one value.
 *
 * @param connections at once, of all
 * @param connectionsPerAddress at once, of one address
 * @param handshakeSeconds for TLS
 * @param firstFrameSeconds for a request, and for the proof of a key
 * @param requestsPerSecond HTTP requests of one address
 * @param statementsPerSecond statements on a member's connection
 * @param idleSeconds before a ping
 * @param outgoingBytes waiting for a member
 */
public record EdgeLimits(
        int connections,
        int connectionsPerAddress,
        int handshakeSeconds,
        int firstFrameSeconds,
        int requestsPerSecond,
        int statementsPerSecond,
        int idleSeconds,
        long outgoingBytes) {
    /** What may wait for a peer: it must take what whole setups consist of. */
    static final long PEER_OUTGOING_BYTES = 1L << 29;
}
