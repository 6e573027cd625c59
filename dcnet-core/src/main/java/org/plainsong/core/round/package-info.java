/**
 * Rounds (protocol §5.2–5.4, with the rules for statements between servers of §4.2): what a member submits, when a server's window closes, and how the servers agree
 * on one record or on none. {@link org.plainsong.core.round.Agreement} is the machine of one attempt at one server; everything it decides rests on
 * {@link org.plainsong.core.round.Heard}, the statements that it holds.
 *
 * <p>§5.2: {@link org.plainsong.core.round.Ciphertexts}, {@link org.plainsong.core.round.Submissions}. §5.3: {@link org.plainsong.core.round.Window}. §5.4 step 1–2:
 * {@link org.plainsong.core.round.RoundPlan}; step 3–4: {@link org.plainsong.core.round.Shares}; step 5: {@link org.plainsong.core.round.RecordBuilder}. §4.2, failed
 * attempts: {@link org.plainsong.core.round.FailedRecord}. What a trace (§6) will need: {@link org.plainsong.core.round.TraceMaterial}.
 */
@NullMarked
package org.plainsong.core.round;

import org.jspecify.annotations.NullMarked;
