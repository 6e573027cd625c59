package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * A message with the exact bytes that were signed and its signatures, ascending by signer, at least one (protocol §2). That a {@code Signed} exists says
 * nothing of its signatures being good: {@link SignatureCheck} does.
 *
 * @param message what the payload says
 * @param payload the bytes as they came; never made anew
 * @param signatures ascending by signer key, no signer twice
 */
public record Signed<M extends Message>(M message, ByteString payload, List<Signature> signatures) {
    /** Checks that there is a signature. */
    public Signed {
        signatures = Fields.copy(signatures);
        Fields.atLeast("signatures", signatures.size(), 1);
    }

    /** The only signer; an error where there are several. */
    public PublicKey signer() {
        if (signatures.size() != 1) {
            throw new IllegalStateException(
                    message.type() + " has " + signatures.size() + " signatures, one was expected");
        }
        return signatures.get(0).signer();
    }
}
