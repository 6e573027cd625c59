package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;

/** What an opening record means for one member (protocol §4.1 step 6). */
sealed interface SeatCheck {
    /** It lacks a good signature of a server: a member acts on nothing less than all M. */
    record Incomplete() implements SeatCheck {}

    /** The member has no seat in it. */
    record Without(String reason) implements SeatCheck {}

    /** The member's seat. */
    record With(Seat seat) implements SeatCheck {}

    static SeatCheck check(MemberContext context, MemberSetupState state, Signed<OpeningRecord> record) {
        List<PublicKey> signers =
                record.signatures().stream().map(Signature::signer).toList();
        if (signers.size() != context.servers().size()
                || !signers.containsAll(context.servers())
                || !context.signatures().allGood(record)) {
            return new Incomplete();
        }
        if (state.live().isEmpty()) {
            return new Without("restarted since it enrolled");
        }
        OpeningRecord opened = record.message();
        int index = Collections.binarySearch(opened.enrolled(), context.self());
        if (index < 0) {
            return new Without("not in the enrolment set");
        }
        if (!opened.run().equals(state.kept().run())) {
            return new Without("enrolled under other announcements");
        }
        List<Seat.Name> names = new ArrayList<>();
        for (Ed25519.SigningKey key : state.live().get().names()) {
            int slot = Collections.binarySearch(opened.slots(), new PublicKey(key.publicKey()));
            if (slot < 0) {
                return new Without("an own slot is missing");
            }
            names.add(new Seat.Name(slot, key));
        }
        names.sort(Comparator.comparingInt(Seat.Name::slot));
        return new With(new Seat(
                record,
                index,
                names,
                state.live().get().pads(),
                isSet(opened.expected(), index),
                opened.run(),
                state.progress().confirmation().map(c -> c.message().chain()).orElse(ByteString.EMPTY)));
    }

    private static boolean isSet(ByteString bits, int index) {
        return index / 8 < bits.size() && (bits.at(index / 8) & (0x80 >> (index % 8))) != 0;
    }
}
