/**
 * The making of an epoch (protocol §4): propose, announce, enrol, agree, shuffle, confirm, open, as two pure machines.
 *
 * <p>Server: {@code SetupMachine.start(SetupContext, Randomness, long nowMillis)} and {@code SetupMachine.step(SetupContext, SetupState, SetupEvent)} give
 * {@code Step<SetupState, SetupEffect>}. Member: {@code MemberSetup.enrol(MemberContext, SetupOffer, Randomness)} and {@code MemberSetup.step(MemberContext,
 * MemberSetupState, Frame)} give {@code Step<MemberSetupState, MemberSetupEffect>}.
 */
@NullMarked
package org.plainsong.core.epoch;

import org.jspecify.annotations.NullMarked;
