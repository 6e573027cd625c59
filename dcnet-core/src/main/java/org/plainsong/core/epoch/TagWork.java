package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.ConstantTime;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EpochId;

/**
 * Server j's look at the enrolments of the union: pair secrets, and whether each tag fits (protocol §4.1 step 4).
 *
 * @param epoch the epoch
 * @param server j
 * @param key expanded private pad key
 * @param enrolments well-formed ones, in member order
 */
public record TagWork(EpochId epoch, int server, XWing.ExpandedKey key, List<Enrolment> enrolments) {
    /** Copies the list. */
    public TagWork {
        enrolments = List.copyOf(enrolments);
    }

    /** Pair secrets for positions {@code from} to {@code to - 1}, in order; nothing where the tag is wrong. */
    public List<Optional<Secret>> check(int from, int to) {
        List<Optional<Secret>> secrets = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            secrets.add(check(enrolments.get(i)));
        }
        return secrets;
    }

    private Optional<Secret> check(Enrolment enrolment) {
        ByteString encapsulation = enrolment.encapsulations().get(server - 1);
        try (Secret shared = key.decapsulate(encapsulation)
                .orElseThrow(() -> new IllegalStateException("encapsulation of " + encapsulation.size() + " bytes"))) {
            Secret pair = PadKeys.pairSecret(epoch, shared, enrolment.member(), server);
            ByteString tag = PadKeys.tag(pair);
            if (ConstantTime.equal(
                    tag.unsafeArray(), enrolment.tags().get(server - 1).unsafeArray())) {
                return Optional.of(pair);
            }
            pair.wipe();
            return Optional.empty();
        }
    }
}
