package org.plainsong.member.control;

import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.DraftCodec;

/** What one process of a profile asks of the one that runs. */
public sealed interface ControlRequest {
    /** Put this into the outbox; the answer is the content id. */
    record Say(Draft draft) implements ControlRequest {}

    /** Take this back; the answer is its id. */
    record Cancel(ContentId item) implements ControlRequest {}

    /** Let this out though it is held; the answer is its id. */
    record PostAnyway(ContentId item) implements ControlRequest {}

    /** Show the state; the answer is JSON. */
    record Status() implements ControlRequest {}

    /** The bytes of a request: an array of kind and what belongs to it. */
    static ByteString encode(ControlRequest request) {
        CborWriter out = new CborWriter();
        out.array(2);
        switch (request) {
            case Say say -> DraftCodec.encode(out.uint(1), say.draft());
            case Cancel cancel -> out.uint(2).bytes(cancel.item().value());
            case PostAnyway anyway -> out.uint(3).bytes(anyway.item().value());
            case Status status -> out.uint(4).uint(0);
        }
        return out.toByteString();
    }

    /** Reads a request. */
    static ControlRequest decode(ByteString bytes) throws FormatException {
        CborReader in = new CborReader(bytes);
        in.arrayExact("request", 2);
        int kind = in.uintAsInt("kind", 4);
        ControlRequest request = switch (kind) {
            case 1 -> new Say(DraftCodec.decode(in));
            case 2 -> new Cancel(new ContentId(in.bytesExact("item", ContentId.SIZE)));
            case 3 -> new PostAnyway(new ContentId(in.bytesExact("item", ContentId.SIZE)));
            case 4 -> {
                in.uint("status", 0);
                yield new Status();
            }
            default -> throw new FormatException("kind", kind + " is not known");
        };
        in.end();
        return request;
    }
}
