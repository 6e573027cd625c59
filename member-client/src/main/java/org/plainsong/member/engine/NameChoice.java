package org.plainsong.member.engine;

/** Under which of the epoch's own names something is said (protocol §7: a name for each thread). */
public sealed interface NameChoice {
    /** The name already used in the thread; for a new thread or a private reply one that was not used yet, if there is one. */
    record Auto() implements NameChoice {}

    /** A name not used yet in this epoch; waits for the next epoch if all are used. */
    record Fresh() implements NameChoice {}

    /**
     * This own name of the epoch; waits, and says so, while it is not one.
     *
     * @param name as the snapshot's own names show it
     */
    record Named(String name) implements NameChoice {}

    /** The choice of someone who leaves it to the app. */
    static NameChoice auto() {
        return new Auto();
    }
}
