package org.plainsong.core.crypto;

import java.nio.charset.StandardCharsets;

/**
 * Every label of the suite, in one table: no key is derived, no hash computed and no seal made without one of these, so
 * that a value made for one use never means anything in another. The label on the wire is the ASCII text {@code
 * "plainsong-1 "} followed by the name (protocol §2). The specification has the same table.
 */
public enum Labels {
    /** {@code K_ij} from the shared secret of member i and server j (protocol §4.1). */
    PAD("pad"),
    /** AES key of the pad stream from {@code K_ij} (protocol §5.2). */
    PAD_KEY("pad key"),
    /** Nonce of all pads of a (round, attempt) (protocol §5.2). */
    PAD_NONCE("pad nonce"),
    /** Message of the key-confirmation tag {@code HMAC(K_ij, label)} (protocol §4.1). */
    CONFIRM("confirm"),
    /** Encapsulation randomness from a member's enrolment seed (protocol §4.1). */
    ENROL("enrol"),
    /** Randomness of the outer onion layers from {@code outerSeed} (protocol §4.3). */
    OUTER("outer"),
    /** Randomness of the inner multi-seal from the inner seed (protocol §4.3). */
    INNER("inner"),
    /** Key of one outer onion layer (protocol §4.3). */
    ONION_LAYER("onion layer"),
    /** Key of the innermost multi-seal (protocol §4.3). */
    ONION_CORE("onion core"),
    /** Mask of an open slot from its 16-byte seed (protocol §5.1). */
    FRAME_MASK("frame mask"),
    /** What a slot key signs in a frame (protocol §5.1). */
    FRAME("frame"),
    /** Hash of a round's layout (protocol §5.1). */
    LAYOUT("layout"),
    /** Hash {@code A} that a commitment shows in clear (protocol §5.4). */
    CLEAR("clear"),
    /** Commitment to a server's share (protocol §5.4). */
    COMMITMENT("commitment"),
    /** Hash of all M commitments of an attempt (protocol §5.4). */
    COMMITMENTS("commitments"),
    /** Hash of all M inventories of an attempt (protocol §4.2). */
    INVENTORIES("inventories"),
    /** Hash of all M announcements of a setup (protocol §4.1). */
    ANNOUNCES("announces"),
    /** Hash of the signed chain of shuffle lists (protocol §4.3). */
    CHAIN("chain"),
    /** Hash of the M sets of confirmations (protocol §4.3). */
    CONFIRMED_SETS("confirmed sets"),
    /** Hash of a failed record over the M statements in server order (protocol §4.2). */
    FAILED("failed"),
    /** Hash of a set of expected members (protocol §5.5). */
    EXPECTED("expected"),
    /** Hash of a round's output (protocol §5.4). */
    OUTPUT("output"),
    /** Seal of a private reply (protocol §7). */
    REPLY("reply"),
    /** Id of a post's content (protocol §4.2, §7). */
    CONTENT_ID("content id"),
    /** Id of a member from its key (protocol §3). */
    MEMBER_ID("member id"),
    /** Id of a server from its key (protocol §3). */
    SERVER_ID("server id"),
    /** Id of a shuffle run (protocol §4.3). */
    RUN("run"),
    /** Key of a vault on disk from its passphrase. */
    VAULT("vault"),
    /** What a peer signs to prove its key when it connects. */
    CHALLENGE("challenge");

    private static final String PREFIX = "plainsong-1 ";

    private final String text;
    /** Written once, read by {@link Hash} and {@link Hkdf} on every call: a copy each time would be waste. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] encoded;

    Labels(String name) {
        this.text = PREFIX + name;
        this.encoded = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The label as it is hashed: 1 to 255 ASCII bytes. A fresh copy. */
    public byte[] bytes() {
        return encoded.clone();
    }

    /** The label as text. */
    public String text() {
        return text;
    }

    /** The inner array without a copy, for this package, which never writes to it. */
    byte[] encoded() {
        return encoded;
    }
}
