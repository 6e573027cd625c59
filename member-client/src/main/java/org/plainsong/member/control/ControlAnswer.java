package org.plainsong.member.control;

/**
 * The answer to a {@link ControlRequest}.
 *
 * @param done whether it was done
 * @param text an id, JSON, or why it was not done and what to do
 */
public record ControlAnswer(boolean done, String text) {}
