package org.plainsong.core.machine;

import java.util.List;

/**
 * What one step of a machine gives.
 *
 * @param next the state after it
 * @param effects what the driver does now, in this order
 */
public record Step<S, E>(S next, List<E> effects) {
    /** Copies the list. */
    public Step {
        effects = List.copyOf(effects);
    }

    /** A step that changes nothing outside. */
    public static <S, E> Step<S, E> quiet(S next) {
        return new Step<>(next, List.of());
    }
}
