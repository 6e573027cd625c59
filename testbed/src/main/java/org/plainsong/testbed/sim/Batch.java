package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Many runs, on as many threads as the machine has cores; each run is one thread's alone. */
final class Batch {
    private Batch() {}

    /** Runs all of them and tells each outcome in the order of the scenarios. */
    static void run(List<Scenario> scenarios, Consumer<Outcome> each) {
        List<Future<Outcome>> runs = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            scenarios.forEach(scenario -> runs.add(threads.submit(() -> World.run(scenario, null))));
            for (Future<Outcome> run : runs) {
                each.accept(run.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run broke off", e.getCause());
        }
    }
}
