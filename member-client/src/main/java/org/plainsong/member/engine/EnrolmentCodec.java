package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.epoch.KeptEnrolment;
import org.plainsong.core.message.RunId;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;

/** What the vault keeps of a shuffle submission: an array of the run and, for each item, an array of outer seed and core. */
final class EnrolmentCodec {
    private static final int MAX_ITEMS = 64;
    private static final int MAX_CORE = 1 << 20;

    private EnrolmentCodec() {}

    static byte[] encode(KeptEnrolment kept) {
        CborWriter out = new CborWriter(1024);
        out.array(2).bytes(kept.run().value()).array(kept.items().size());
        for (KeptEnrolment.KeptItem item : kept.items()) {
            out.array(2).bytes(item.outerSeed().expose()).bytes(item.core());
        }
        return out.toByteString().toByteArray();
    }

    static KeptEnrolment decode(VaultRecord.Enrolled enrolled) {
        try {
            CborReader in = new CborReader(ByteString.of(enrolled.shuffle().expose()));
            in.arrayExact("shuffle", 2);
            RunId run = new RunId(in.bytesExact("run", RunId.SIZE));
            int count = in.array("items", 0, MAX_ITEMS);
            List<KeptEnrolment.KeptItem> items = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                in.arrayExact("item", 2);
                Secret outer = Secret.wrap(in.bytesExact("outer seed", 32).unsafeArray());
                items.add(new KeptEnrolment.KeptItem(outer, in.bytes("core", 1, MAX_CORE)));
            }
            in.end();
            return new KeptEnrolment(enrolled.epoch(), run, enrolled.seed().copy(), items);
        } catch (FormatException e) {
            throw new IllegalStateException("the vault holds an enrolment that cannot be read: " + e.getMessage(), e);
        }
    }
}
