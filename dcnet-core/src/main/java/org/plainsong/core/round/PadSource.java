package org.plainsong.core.round;

/**
 * The pads that one party shares with its counterparts in an epoch: a server with the members, by member index; a member with the servers, by server number less one.
 * The seam at which tests put pads of their own.
 */
public interface PadSource {
    /**
     * XORs a range of the pads of some counterparts into a buffer.
     *
     * @param who positions of counterparts
     * @param first first entry of {@code who} that counts
     * @param end first entry that counts no more
     * @param nonce12 the attempt's nonce
     * @param buffer takes bytes 0 to {@code length - 1} of each pad from its start on
     */
    void xorInto(int[] who, int first, int end, byte[] nonce12, byte[] buffer, int length);

    /** The single pad byte at a position: what is shown in a trace (protocol §6). */
    byte byteAt(int who, byte[] nonce12, long position);
}
