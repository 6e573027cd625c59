package org.plainsong.core.round;

/** Cuts work into ranges of positions and has it done on as many threads as the driver likes; the result does not depend on how it was cut. */
@FunctionalInterface
public interface ParallelWork {
    /** Everything here and now, in one piece. */
    ParallelWork HERE = (size, task) -> task.run(0, size);

    /** Runs the task over positions 0 to {@code size - 1}; returns when all of it is done. */
    void ranges(int size, RangeTask task);

    /** Work over a range of positions, independent of other ranges. */
    @FunctionalInterface
    interface RangeTask {
        /** Does the positions from {@code from} to {@code to - 1}. */
        void run(int from, int to);
    }
}
