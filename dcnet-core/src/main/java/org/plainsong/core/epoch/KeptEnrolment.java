package org.plainsong.core.epoch;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.RunId;

/**
 * What a member keeps of an enrolment, encrypted in its vault, before the enrolment leaves (protocol §4, exceptions): to answer for it later, also after a
 * restart. Nothing in here opens a pad of a server that has not complained.
 *
 * @param epoch the epoch
 * @param run the setup's shuffle
 * @param enrolmentSeed 32 bytes; kept through the blame window and as long as a suspicion is open; never shown
 * @param items for each submission what opens its outer layers; kept until the run and its traces are over
 */
public record KeptEnrolment(EpochId epoch, RunId run, Secret enrolmentSeed, List<KeptItem> items) {
    /** Copies the list. */
    public KeptEnrolment {
        items = List.copyOf(items);
    }

    /**
     * One submission.
     *
     * @param outerSeed 32 bytes
     * @param core X_M
     */
    public record KeptItem(Secret outerSeed, ByteString core) {}

    /** The run and its traces are over. */
    public void wipeItems() {
        items.forEach(item -> item.outerSeed().wipe());
    }
}
