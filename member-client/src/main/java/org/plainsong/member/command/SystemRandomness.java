package org.plainsong.member.command;

import java.security.SecureRandom;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.crypto.Randomness;

/** The operating system's randomness. Any number of threads may use it. */
@SuppressForbidden("SecureRandom is what the rule asks for; the checker sees its superclass java.util.Random")
final class SystemRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }
}
