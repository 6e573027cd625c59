/**
 * One process of a profile asks another: {@code member post} hands its text to the {@code member run} that has the vault open, over a
 * local socket and sealed with a key that only those know who know the passphrase.
 */
@NullMarked
package org.plainsong.member.control;

import org.jspecify.annotations.NullMarked;
