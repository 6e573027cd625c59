package org.plainsong.audit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * Signatures checked ahead on all cores, so that the fold over the entries, which is one thread's, finds most answers ready. What has not been checked ahead is
 * checked when it is asked for.
 */
final class PrecheckedSignatures implements SignatureCheck {
    private final SignatureCheck check;
    private final Map<ByteString, Answer> ready = new ConcurrentHashMap<>();

    private record Answer(String type, List<Signature> signatures, boolean good) {}

    PrecheckedSignatures(SignatureCheck check) {
        this.check = check;
    }

    /** Checks an envelope ahead. Any thread. */
    void prepare(Signed<?> signed) {
        ready.put(signed.payload(), new Answer(signed.message().type(), signed.signatures(), check.allGood(signed)));
    }

    @Override
    public boolean allGood(Signed<?> signed) {
        Answer answer = ready.remove(signed.payload());
        if (answer == null
                || !answer.type().equals(signed.message().type())
                || !answer.signatures().equals(signed.signatures())) {
            return check.allGood(signed);
        }
        return answer.good();
    }
}
