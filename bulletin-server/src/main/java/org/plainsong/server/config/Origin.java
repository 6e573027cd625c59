package org.plainsong.server.config;

/**
 * One value and where it came from, for {@code config show}.
 *
 * @param key {@code section.key}
 * @param value as text
 * @param source flag, environment variable, file with line and column, or standard
 */
public record Origin(String key, String value, String source) {}
