package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A member opens one encapsulation whose tag a server called wrong; signed by the member.
 *
 * @param epoch the epoch
 * @param member who
 * @param server whose complaint is answered
 * @param randomness 64 bytes of encapsulation randomness
 */
public record TagOpening(EpochId epoch, MemberId member, int server, ByteString randomness) implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "tag-opening";

    /** Checks the fields. */
    public TagOpening {
        Fields.exactly("randomness", randomness, 64);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
