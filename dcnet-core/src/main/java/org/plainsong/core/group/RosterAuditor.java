package org.plainsong.core.group;

import org.plainsong.core.message.PublicKey;

/**
 * An auditor that the roster names: may read what only members see (protocol §3).
 *
 * @param name what people call it
 * @param key proves its identity
 */
public record RosterAuditor(String name, PublicKey key) {}
