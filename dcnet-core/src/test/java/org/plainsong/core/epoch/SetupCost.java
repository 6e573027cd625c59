package org.plainsong.core.epoch;

import java.lang.management.ManagementFactory;

/** Prints the CPU time of whole setups, all parties in one thread: {@code SetupCost MEMBERS NAMES SERVERS}. */
final class SetupCost {
    private SetupCost() {}

    /** Measures once warm. */
    public static void main(String[] args) {
        int members = Integer.parseInt(args[0]);
        int names = Integer.parseInt(args[1]);
        int servers = Integer.parseInt(args[2]);
        for (int i = 0; i < 3; i++) {
            run(servers, 30, names);
        }
        System.out.println(members + " members x " + names + " names x " + servers + " servers: "
                + run(servers, members, names) + " ms CPU of all parties");
    }

    private static long run(int servers, int members, int names) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        SetupWorld world = new SetupWorld(servers, members, names, 5, SetupWorld.Network.CALM).run();
        if (world.server(1).opened == null) {
            throw new IllegalStateException(world.ends());
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000;
    }
}
