package org.plainsong.server.config;

/** How log lines look. */
public enum LogFormat {
    /** One line for a person. */
    HUMAN,
    /** One JSON object a line. */
    JSON
}
