package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/**
 * Judges opened encapsulations whose tag a server called wrong (protocol §4.1 step 4): the member opened something else, or its tag was wrong, or the server lied.
 *
 * @param terms the announcements
 * @param roll the enrolments
 * @param checks M, by server number
 * @param servers keys by number
 */
record TagJudge(Terms terms, Roll roll, List<Signed<EnrolmentCheck>> checks, List<PublicKey> servers) {
    /** All violations that these openings prove; the key's index is the number of the server that complained. */
    List<Violation> judge(Map<ItemRef, List<Signed<TagOpening>>> openings) {
        List<Violation> violations = new ArrayList<>();
        openings.forEach((ref, list) -> list.forEach(opening -> violations.add(judge(ref, opening))));
        return violations;
    }

    private Violation judge(ItemRef ref, Signed<TagOpening> opening) {
        int j = ref.index();
        Signed<Enrolment> enrolment = roll.enrolments().get(ref.member());
        if (enrolment == null) {
            throw new IllegalStateException(ref.member() + " was asked for a tag and is not enrolled");
        }
        ByteString padKey = terms.announcements().get(j - 1).message().padKey();
        XWing.Encapsulation made =
                XWing.encapsulate(padKey, opening.message().randomness().unsafeArray());
        try (Secret shared = made.sharedSecret();
                Secret pair = PadKeys.pairSecret(terms.epoch(), shared, ref.member(), j)) {
            if (!made.ciphertext().equals(enrolment.message().encapsulations().get(j - 1))) {
                return Violation.of(ref.member(), Rule.WRONG_TAG_OPENING, evidence(opening, enrolment, j, opening));
            }
            if (PadKeys.tag(pair).equals(enrolment.message().tags().get(j - 1))) {
                return Violation.of(
                        servers.get(j - 1),
                        Rule.FALSE_TAG_COMPLAINT,
                        evidence(checks.get(j - 1), enrolment, j, opening));
            }
            return Violation.of(ref.member(), Rule.WRONG_TAG, evidence(enrolment, enrolment, j, opening));
        }
    }

    private Evidence evidence(Signed<?> first, Signed<Enrolment> enrolment, int j, Signed<TagOpening> opening) {
        List<Signed<?>> statements = new ArrayList<>(List.of(first));
        for (Signed<?> other : List.of(enrolment, opening, checks.get(j - 1))) {
            if (!other.payload().equals(first.payload())) {
                statements.add(other);
            }
        }
        statements.addAll(terms.announcements());
        return new Evidence(statements, List.of());
    }
}
