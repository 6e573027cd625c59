package org.plainsong.testbed.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a demo came to.
 *
 * @param good whether everything that was promised holds
 * @param problems what does not, in sentences
 * @param servers number of servers, each a process of its own
 * @param members number of members
 * @param epochs epochs that were opened
 * @param rounds certified rounds
 * @param failedAttempts attempts that failed and were made anew
 * @param posts every post with its pseudonym
 * @param privateReplies private replies that arrived at whom they were for
 * @param firstPostSeconds from the start of the command to the first post at every member
 * @param latencyMedianMillis from entering the outbox to certified at every member, for posts that fit into one round
 * @param latencyP95Millis the same, 95th percentile
 * @param floor smallest participant set with which the last rounds could have been opened
 * @param audit what the audit said, from each server and from the saved copy
 * @param transcript directory with the saved transcript
 * @param group file with the group's definition
 * @param seconds how long it all took
 */
record DemoReport(
        boolean good,
        List<String> problems,
        int servers,
        int members,
        long epochs,
        long rounds,
        long failedAttempts,
        List<Post> posts,
        int privateReplies,
        double firstPostSeconds,
        long latencyMedianMillis,
        long latencyP95Millis,
        int floor,
        List<String> audit,
        String transcript,
        String group,
        double seconds) {
    /**
     * A post as the others saw it.
     *
     * @param pseudonym name of its author for this epoch
     * @param epoch number of the epoch
     * @param round round that completed it
     * @param bytes of its text
     * @param millis from entering the outbox to certified at every member
     * @param title first line
     */
    record Post(String pseudonym, long epoch, long round, int bytes, long millis, String title) {}

    /** The same for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d servers (each a process), %d members: %d epochs, %d rounds certified, %d attempts failed and made anew",
                servers,
                members,
                epochs,
                rounds,
                failedAttempts));
        lines.add("Posts, each whole at every member:");
        for (Post post : posts) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  ~%-18s epoch %d round %-4d %6d bytes %7.1f s   %s",
                    post.pseudonym(),
                    post.epoch(),
                    post.round(),
                    post.bytes(),
                    post.millis() / 1000.0,
                    post.title()));
        }
        lines.add("Private replies, each opened by the one it was for and nobody else: " + privateReplies);
        lines.add(String.format(Locale.ROOT, "First post at every member %.1f s after the start", firstPostSeconds));
        lines.add("From outbox to certified everywhere, posts of one round: median " + latencyMedianMillis
                + " ms, 95th percentile " + latencyP95Millis + " ms");
        lines.add("Anonymity floor: no round could have been opened with fewer than " + floor + " of the members");
        audit.forEach(line -> lines.add("Audit: " + line));
        lines.add("Transcript: " + transcript + "   group file: " + group);
        lines.add("  check it yourself: plainsong audit " + transcript + " --group " + group);
        problems.forEach(problem -> lines.add("PROBLEM: " + problem));
        lines.add(String.format(Locale.ROOT, "%s after %.1f s", good ? "All good" : "NOT good", seconds));
        return lines;
    }
}
