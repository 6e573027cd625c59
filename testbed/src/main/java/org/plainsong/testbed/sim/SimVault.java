package org.plainsong.testbed.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.plainsong.core.bytes.Secret;
import org.plainsong.member.engine.Kept;
import org.plainsong.member.engine.VaultRecord;

/** A member's vault: what was written survives the process. Batches are written in order, each as a whole or not at all. */
final class SimVault {
    private record Order(List<VaultRecord> records, Runnable done) {}

    private final String process;
    private final Timeline time;
    private final Faults faults;
    private final Dice dice;
    private final List<VaultRecord> records = new ArrayList<>();
    private final Deque<Order> orders = new ArrayDeque<>();
    private boolean busy;
    private int boots;

    SimVault(String process, Timeline time, Faults faults, Dice dice) {
        this.process = process;
        this.time = time;
        this.faults = faults;
        this.dice = dice;
    }

    /** What a process finds that starts now. */
    Kept kept() {
        Kept kept = new Kept();
        records.forEach(record -> kept.apply(copy(record)));
        return kept;
    }

    void write(List<VaultRecord> batch, Runnable done) {
        orders.add(new Order(batch.stream().map(SimVault::copy).toList(), done));
        work();
    }

    private void work() {
        if (busy || orders.isEmpty()) {
            return;
        }
        busy = true;
        int boot = boots;
        time.in(faults.diskMillis(process, time.now(), dice), () -> {
            if (boot == boots) {
                busy = false;
                Order order = orders.remove();
                records.addAll(order.records());
                order.done().run();
                work();
            }
        });
    }

    /** The process died: of what was ordered some may have been done. */
    void crash() {
        boots++;
        busy = false;
        int done = dice.between(0, orders.size());
        for (int i = 0; i < done; i++) {
            records.addAll(orders.remove().records());
        }
        orders.clear();
    }

    /** A node wipes its secrets in place; what is on the disk stays. */
    private static VaultRecord copy(VaultRecord record) {
        return switch (record) {
            case VaultRecord.Outgoing o ->
                new VaultRecord.Outgoing(
                        o.id(), o.content(), o.draft(), o.own(), o.replySeed().map(Secret::copy));
            case VaultRecord.Enrolled e ->
                new VaultRecord.Enrolled(
                        e.number(), e.epoch(), e.seed().copy(), e.shuffle().copy());
            default -> record;
        };
    }
}
