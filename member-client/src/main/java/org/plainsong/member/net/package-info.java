/**
 * A member's way to the servers: {@link org.plainsong.member.net.Connections} opens every socket, {@link
 * org.plainsong.member.net.MemberDriver} runs a node on one thread and carries out its effects.
 */
@NullMarked
package org.plainsong.member.net;

import org.jspecify.annotations.NullMarked;
