package org.plainsong.core.epoch;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.message.MemberId;

/** Who gets a frame. */
public sealed interface Audience {
    /** All other servers. */
    record Servers() implements Audience {}

    /** One other server. */
    record Server(int number) implements Audience {}

    /** These members, as far as they are connected to this server. */
    record Members(SortedSet<MemberId> members) implements Audience {
        /** Copies the set. */
        public Members {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }
    }
}
