package org.plainsong.server.engine;

import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;

/** Keys under which statements that may be signed once are kept on disk. */
final class StoredKeys {
    private static final String SETUP = "setup/";

    private StoredKeys() {}

    static String failed(AttemptId at) {
        return "failed/" + at.epoch().value().hex() + "/" + at.round() + "/" + at.attempt();
    }

    static String setup(EpochId epoch) {
        return SETUP + epoch.value().hex();
    }

    static boolean isOfSetup(String key) {
        return key.startsWith(SETUP);
    }
}
