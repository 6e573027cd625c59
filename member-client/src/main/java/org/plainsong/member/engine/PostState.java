package org.plainsong.member.engine;

/** Where something in the outbox stands, as people see it (experience: draft, waiting, going out, published, disturbed, stopped). */
public sealed interface PostState {
    /** One word for scripts and screens. */
    String word();

    /** The rest of the sentence. */
    String detail();

    /**
     * On disk, not sent yet.
     *
     * @param why what it waits for, for instance {@code for its slot}
     * @param held whether it is held back because the crowd is too small
     */
    record Waiting(String why, boolean held) implements PostState {
        @Override
        public String word() {
            return "waiting";
        }

        @Override
        public String detail() {
            return "waiting " + why;
        }
    }

    /**
     * Parts of it have been submitted; it cannot be taken back.
     *
     * @param round the round that carries the newest part
     * @param certifiedBytes bytes that certified records hold already
     * @param totalBytes bytes of the whole
     */
    record GoingOut(long round, int certifiedBytes, int totalBytes) implements PostState {
        @Override
        public String word() {
            return "going out";
        }

        @Override
        public String detail() {
            return "going out in round " + round + ", " + certifiedBytes + " of " + totalBytes + " bytes done";
        }
    }

    /**
     * It stands whole in certified records.
     *
     * @param entry index of the transcript entry that completed it
     * @param epoch number of the epoch
     * @param round round that completed it
     */
    record Published(long entry, long epoch, long round) implements PostState {
        @Override
        public String word() {
            return "published";
        }

        @Override
        public String detail() {
            return "published, entry " + entry;
        }
    }

    /**
     * A round that carried it failed or was garbled; it goes again by itself.
     *
     * @param round the round that was disturbed
     */
    record Disturbed(long round) implements PostState {
        @Override
        public String word() {
            return "not published";
        }

        @Override
        public String detail() {
            return "round " + round + " was disturbed; trying again";
        }
    }

    /**
     * It will not go out; the text is kept.
     *
     * @param reason why
     * @param next what the author can do
     */
    record Stopped(String reason, String next) implements PostState {
        @Override
        public String word() {
            return "stopped";
        }

        @Override
        public String detail() {
            return reason + "; " + next;
        }
    }
}
