package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** Whether what a member signed counts in an attempt (protocol §5.4 step 1). */
public final class Validity {
    private Validity() {}

    /** A header is valid if signed by the member for this epoch, round, attempt, prev and layout. */
    public static boolean header(AttemptContext attempt, int index, Signed<Header> header, SignatureCheck check) {
        Header says = header.message();
        return says.at().equals(attempt.at())
                && says.prev().equals(attempt.prev())
                && says.layout().equals(attempt.layout().hash())
                && signedBy(attempt, index, header, check);
    }

    /** A hello is fresh if it names the prev of this attempt. */
    public static boolean hello(AttemptContext attempt, int index, Signed<Hello> hello, SignatureCheck check) {
        Hello says = hello.message();
        return says.epoch().equals(attempt.epoch().epoch())
                && says.prev().equals(attempt.prev())
                && signedBy(attempt, index, hello, check);
    }

    /** A late confirmation counts if it says ok to the signed lists of the setup's run. */
    public static boolean lateConfirmation(
            AttemptContext attempt, int index, Signed<Confirmation> confirmation, SignatureCheck check) {
        Confirmation says = confirmation.message();
        return says.ok()
                && says.run().equals(attempt.epoch().run())
                && says.chain().equals(attempt.epoch().chainHash())
                && signedBy(attempt, index, confirmation, check);
    }

    /**
     * Entries of an inventory that no member signed for the prev that the inventory itself names: each convicts the server that listed it, never the member. Costs a
     * signature check for each entry, so it is done when there is a reason to look.
     */
    public static List<Violation> voidEntries(
            AttemptContext attempt, Signed<Inventory> inventory, SignatureCheck check) {
        List<Violation> found = new ArrayList<>();
        Inventory says = inventory.message();
        for (Signed<Header> header : says.headers()) {
            int index = attempt.epoch().indexOf(header.message().member());
            boolean valid = index >= 0
                    && header.message().prev().equals(says.prev())
                    && header.message().at().equals(says.at())
                    && (!says.prev().equals(attempt.prev())
                            || header.message().layout().equals(attempt.layout().hash()))
                    && signedBy(attempt, index, header, check);
            if (!valid) {
                found.add(Violation.of(inventory.signer(), Rule.VOID_ENTRY, Evidence.of(inventory, header)));
            }
        }
        return found;
    }

    private static boolean signedBy(AttemptContext attempt, int index, Signed<?> signed, SignatureCheck check) {
        return signed.signatures().size() == 1
                && signed.signer().equals(attempt.epoch().memberKeys().get(index))
                && check.allGood(signed);
    }
}
