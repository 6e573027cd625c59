package org.plainsong.server.hosting;

import java.security.SecureRandom;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.crypto.Randomness;

/** The operating system's randomness, for a server that runs for real. Any number of threads may use it. */
@SuppressForbidden("SecureRandom is what the rule asks for; the checker sees its superclass java.util.Random")
public final class SystemRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }
}
