package org.plainsong.testbed.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.WireSignatureCheck;

/** Checks every signature that is different from all before: whether one is good does not depend on who asks. One thread at a time. */
final class MemoSignatureCheck implements SignatureCheck {
    private record Key(String type, ByteString payload, List<Signature> signatures) {}

    private final SignatureCheck check = new WireSignatureCheck();
    private final Map<Key, Boolean> answers = new HashMap<>();

    @Override
    public boolean allGood(Signed<?> signed) {
        Key key = new Key(signed.message().type(), signed.payload(), signed.signatures());
        Boolean known = answers.get(key);
        if (known == null) {
            known = check.allGood(signed);
            answers.put(key, known);
        }
        return known;
    }
}
