package org.plainsong.member.engine;

import org.plainsong.core.message.AttemptId;

/**
 * A bit of an own slot that was sent as 0 and came out as 1: somebody disrupted it (protocol §6.1).
 *
 * @param at the certified attempt
 * @param slot the slot
 * @param bit position within the slot, bit {@code i} is mask {@code 0x80 >> (i mod 8)} of byte {@code i / 8}
 */
record AccusedBit(AttemptId at, int slot, int bit) {}
