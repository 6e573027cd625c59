package org.plainsong.core.message;

/**
 * A confirmed member says that it is there; fresh if prev is that of the attempt (protocol §5.4).
 *
 * @param epoch the epoch
 * @param member who
 * @param prev latest link of the chain that the member holds
 */
public record Hello(EpochId epoch, MemberId member, RecordHash prev) implements Message.OfGroup {
    /** Type string. */
    public static final String TYPE = "hello";

    /** Checks the fields. */
    public Hello {}

    @Override
    public String type() {
        return TYPE;
    }
}
