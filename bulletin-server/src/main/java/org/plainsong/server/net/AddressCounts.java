package org.plainsong.server.net;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much of something each address has now, up to a limit; this machine itself has none. */
final class AddressCounts {
    private final int limit;
    private final Map<Address, Integer> counts = new ConcurrentHashMap<>();

    AddressCounts(int limit) {
        this.limit = limit;
    }

    /** Takes one more, if the limit allows it. */
    boolean enter(Address address) {
        if (address.local()) {
            return true;
        }
        boolean[] entered = {false};
        counts.compute(address, (key, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < limit;
            return entered[0] ? Integer.valueOf(now + 1) : count;
        });
        return entered[0];
    }

    /** Gives one back. */
    void leave(Address address) {
        counts.computeIfPresent(address, (key, count) -> count <= 1 ? null : count - 1);
    }
}
