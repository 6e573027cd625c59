package org.plainsong.server.config;

/** The least important lines that are still written. */
public enum LogLevel {
    /** What somebody should look at. */
    WARN,
    /** What happens. */
    INFO,
    /** What happens inside; for finding faults. */
    DEBUG
}
