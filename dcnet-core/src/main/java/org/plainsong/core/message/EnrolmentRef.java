package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A member and the SHA-256 of the payload of its enrolment.
 *
 * @param member who
 * @param hash 32 bytes
 */
public record EnrolmentRef(MemberId member, ByteString hash) {
    /** Checks the fields. */
    public EnrolmentRef {
        Fields.exactly("enrolment hash", hash, 32);
    }
}
