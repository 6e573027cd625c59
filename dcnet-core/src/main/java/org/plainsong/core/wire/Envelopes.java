package org.plainsong.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;

/**
 * Envelopes: type string, payload bytes, signatures ascending by signer (protocol §2; formats, "Envelope"). An envelope is signed and checked over its bytes
 * as they came; decoding says nothing of the signatures being good.
 */
public final class Envelopes {
    private static final byte[] SUITE = "plainsong-1".getBytes(StandardCharsets.US_ASCII);
    /** Upper bound of the bytes around the payload with one signature; a writer of this size never grows. */
    private static final int AROUND = 64;

    private static final int SIGNATURE_ENTRY = 1 + 2 + PublicKey.SIZE + 2 + Signature.SIZE;

    private Envelopes() {}

    /** The envelope's bytes. */
    public static ByteString encode(Signed<?> signed) {
        List<Signature> signatures = signed.signatures();
        CborWriter out = new CborWriter(AROUND + signed.payload().size() + signatures.size() * SIGNATURE_ENTRY);
        out.array(3).text(signed.message().type()).bytes(signed.payload()).array(signatures.size());
        for (Signature signature : signatures) {
            out.array(2).bytes(signature.signer().value()).bytes(signature.value());
        }
        return out.toByteString();
    }

    /**
     * Reads an envelope of any type.
     *
     * @throws FormatException naming the field: {@code envelope.…}, or from the type string on within the payload
     */
    public static Signed<?> decode(ByteString envelope) throws FormatException {
        return decode(envelope, Message.class);
    }

    /**
     * Reads an envelope that must be of this type.
     *
     * @throws FormatException naming the field: {@code envelope.…}, or from the type string on within the payload
     */
    public static <M extends Message> Signed<M> decode(ByteString envelope, Class<M> wanted) throws FormatException {
        if (envelope.size() > Limits.ENVELOPE) {
            throw new FormatException("envelope", envelope.size() + " bytes, at most " + Limits.ENVELOPE + " allowed");
        }
        Parts parts;
        try {
            parts = Parts.read(new CborReader(envelope), wanted);
        } catch (FormatException e) {
            throw e.in("envelope");
        }
        return parts.with(wanted.cast(MessageCodec.decode(parts.type(), parts.payload())));
    }

    /** Reads an envelope within something else; fields are named {@code type}, {@code payload.…} and {@code signatures[i].…}. */
    static <M extends Message> Signed<M> read(CborReader in, Class<M> wanted) throws FormatException {
        Parts parts = Parts.read(in, wanted);
        try {
            return parts.with(wanted.cast(MessageCodec.read(parts.type(), parts.payload())));
        } catch (FormatException e) {
            throw e.in("payload");
        }
    }

    /**
     * One envelope with the signatures of all, ascending by signer. Where a signer stands in several, its first signature is kept.
     *
     * @param envelopes at least one, all with the same type and payload bytes
     * @throws IllegalStateException if there is none or they differ
     */
    public static <M extends Message> Signed<M> combine(List<Signed<M>> envelopes) {
        if (envelopes.isEmpty()) {
            throw new IllegalStateException("nothing to combine");
        }
        Signed<M> first = envelopes.get(0);
        Map<PublicKey, Signature> signatures = new TreeMap<>();
        for (Signed<M> each : envelopes) {
            if (!each.message().type().equals(first.message().type())
                    || !each.payload().equals(first.payload())) {
                throw new IllegalStateException("signatures of two different statements, "
                        + first.message().type() + " " + first.payload() + " and "
                        + each.message().type() + " " + each.payload());
            }
            for (Signature signature : each.signatures()) {
                signatures.putIfAbsent(signature.signer(), signature);
            }
        }
        return new Signed<>(first.message(), first.payload(), List.copyOf(signatures.values()));
    }

    /** What is signed: {@code "plainsong-1" ‖ len(type) as 1 byte ‖ type ‖ len(payload) as 8 bytes ‖ payload} (protocol §2). */
    public static byte[] signedBytes(String type, ByteString payload) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        int size = payload.size();
        byte[] signed = new byte[SUITE.length + 1 + name.length + 8 + size];
        System.arraycopy(SUITE, 0, signed, 0, SUITE.length);
        int at = SUITE.length;
        signed[at++] = (byte) name.length;
        System.arraycopy(name, 0, signed, at, name.length);
        at += name.length + 4;
        signed[at++] = (byte) (size >>> 24);
        signed[at++] = (byte) (size >>> 16);
        signed[at++] = (byte) (size >>> 8);
        signed[at++] = (byte) size;
        payload.copyTo(signed, at);
        return signed;
    }

    /** An envelope whose payload is still bytes. */
    private record Parts(MessageType type, ByteString payload, List<Signature> signatures) {
        static Parts read(CborReader in, Class<? extends Message> wanted) throws FormatException {
            in.arrayExact("", 3);
            MessageType type = MessageType.named(in.text("type", Limits.TYPE))
                    .orElseThrow(() -> new FormatException("type", "no message has this type string"));
            if (!wanted.isAssignableFrom(type.message())) {
                throw new FormatException(
                        "type", "'" + type.text() + "' where " + wanted.getSimpleName() + " was expected");
            }
            ByteString payload = in.bytes("payload", 1, Limits.ENVELOPE);
            List<Signature> signatures = signatures(in, type.maxSignatures());
            in.end();
            return new Parts(type, payload, signatures);
        }

        private static List<Signature> signatures(CborReader in, int max) throws FormatException {
            int count = in.array("signatures", 1, max);
            List<Signature> signatures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                try {
                    in.arrayExact("", 2);
                    PublicKey signer = new PublicKey(in.bytesExact("signer", PublicKey.SIZE));
                    if (i > 0 && signatures.get(i - 1).signer().compareTo(signer) >= 0) {
                        throw new FormatException("signer", "not above the signer before, the list is ascending");
                    }
                    signatures.add(new Signature(signer, in.bytesExact("value", Signature.SIZE)));
                } catch (FormatException e) {
                    throw e.in("signatures[" + i + "]");
                }
            }
            return signatures;
        }

        <M extends Message> Signed<M> with(M message) {
            return new Signed<>(message, payload, signatures);
        }
    }
}
