package org.plainsong.testbed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used so far, from the system's own accounting; zeros where there is none.
 *
 * @param cpuMillis processor time, user and system
 * @param peakKiB largest resident memory
 * @param readBytes bytes read by system calls, network and disk
 * @param writtenBytes the same written
 */
record ProcessUse(long cpuMillis, long peakKiB, long readBytes, long writtenBytes) {
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final long MILLIS_PER_TICK = 10;

    static ProcessUse of(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(proc.resolve("stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            long ticks = Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(STIME));
            List<String> status = Files.readAllLines(proc.resolve("status"));
            List<String> io = Files.readAllLines(proc.resolve("io"));
            return new ProcessUse(
                    ticks * MILLIS_PER_TICK, number(status, "VmHWM:"), number(io, "rchar:"), number(io, "wchar:"));
        } catch (IOException e) {
            return new ProcessUse(0, 0, 0, 0);
        }
    }

    private static long number(List<String> lines, String key) {
        for (String line : lines) {
            if (line.startsWith(key)) {
                return Long.parseLong(
                        line.substring(key.length()).replace("kB", "").strip());
            }
        }
        return 0;
    }

    /** What came between an earlier look and this one; the peak is the later one. */
    ProcessUse since(ProcessUse before) {
        return new ProcessUse(
                cpuMillis - before.cpuMillis,
                peakKiB,
                readBytes - before.readBytes,
                writtenBytes - before.writtenBytes);
    }

    /** Of two processes together; the larger peak. */
    ProcessUse and(ProcessUse other) {
        return new ProcessUse(
                cpuMillis + other.cpuMillis,
                Math.max(peakKiB, other.peakKiB),
                readBytes + other.readBytes,
                writtenBytes + other.writtenBytes);
    }
}
