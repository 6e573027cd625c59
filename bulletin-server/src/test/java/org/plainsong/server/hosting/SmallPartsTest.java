package org.plainsong.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SmallPartsTest {
    @Test
    void aClockThatIsSetNeitherStallsNorSkipsADeadline() {
        AtomicLong wall = new AtomicLong(1_000_000);
        AtomicLong nanos = new AtomicLong();
        SteadyClock clock = new SteadyClock(wall::get, nanos::get);
        assertThat(clock.getAsLong()).isEqualTo(1_000_000);

        nanos.addAndGet(10_000_000_000L);
        wall.addAndGet(3_600_000);
        assertThat(clock.getAsLong()).isEqualTo(1_010_010);

        nanos.addAndGet(10_000_000_000L);
        wall.addAndGet(-7_200_000);
        assertThat(clock.getAsLong()).isEqualTo(1_020_000);
    }

    @Test
    void aClockFollowsTheMachinesSlowly() {
        AtomicLong wall = new AtomicLong(0);
        AtomicLong nanos = new AtomicLong();
        SteadyClock clock = new SteadyClock(wall::get, nanos::get);
        wall.set(500);
        for (int i = 0; i < 1000; i++) {
            nanos.addAndGet(1_000_000_000L);
            wall.addAndGet(1000);
            clock.getAsLong();
        }
        assertThat(clock.behind()).isBetween(-1L, 1L);
    }

    @Test
    void eachPositionOfSharedWorkIsDoneOnce() {
        try (WorkPool pool = new WorkPool(3)) {
            for (int size = 0; size < 40; size++) {
                AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, size));
                pool.ranges(size, (from, to) -> {
                    for (int i = from; i < to; i++) {
                        done.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < size; i++) {
                    assertThat(done.get(i)).as("position %d of %d", i, size).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void numbersOfPeopleAreShownAsRanges() {
        assertThat(new String[] {
                    GroupStatus.range(0),
                    GroupStatus.range(1),
                    GroupStatus.range(3),
                    GroupStatus.range(4),
                    GroupStatus.range(12),
                    GroupStatus.range(100)
                })
                .containsExactly("0", "1-3", "1-3", "4-7", "8-15", "64-127");
    }
}
