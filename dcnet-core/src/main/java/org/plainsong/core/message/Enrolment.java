package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * A member's part in an epoch, signed by the member, sent to every server (protocol §4.1).
 *
 * @param epoch the epoch
 * @param announcements labelled hash "announces" over the M announcement payloads, 32 bytes
 * @param member who
 * @param encapsulations M of 1120 bytes, to the pad keys, in server order
 * @param tags M key confirmation tags of 32 bytes
 * @param items k items X_0 of the shuffle
 */
public record Enrolment(
        EpochId epoch,
        ByteString announcements,
        MemberId member,
        List<ByteString> encapsulations,
        List<ByteString> tags,
        List<ByteString> items)
        implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "enrolment";

    /** Checks the fields. */
    public Enrolment {
        encapsulations = Fields.copy(encapsulations);
        tags = Fields.copy(tags);
        items = Fields.copy(items);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
