/**
 * The encrypted file that a member's secrets, outbox and history live in (protocol §4, §7): an append-only journal that
 * survives being killed at any moment. Only this package writes under a profile.
 */
@NullMarked
package org.plainsong.member.vault;

import org.jspecify.annotations.NullMarked;
