package org.plainsong.server.engine;

import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signer;

/**
 * Who a server is in a group.
 *
 * @param group the group
 * @param signer its key
 * @param check checks signatures inside statements
 */
public record NodeIdentity(GroupId group, Signer signer, SignatureCheck check) {}
