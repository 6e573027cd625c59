package org.plainsong.server.config;

import java.util.List;

/** The configuration and where each of its values came from. */
public record LoadedConfig(ServerConfig config, List<Origin> origins) {
    /** Copies the list. */
    public LoadedConfig {
        origins = List.copyOf(origins);
    }
}
