package org.plainsong.member.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.DraftCodec;
import org.plainsong.member.engine.VaultRecord;

/** Bytes of what a vault keeps, before they are sealed: an array of arrays, each with its kind first. Within one version only. */
final class ProfileCodec {
    private static final int MAX = 256 << 20;
    private static final int IDENTITY = 1;
    private static final int GROUP = 2;
    private static final int OUTGOING = 10;
    private static final int OUTGOING_ENDED = 11;
    private static final int RECEIVED = 12;
    private static final int ENROLLED = 13;
    private static final int ENROLMENT_ERASED = 14;
    private static final int LAST_EPOCH = 15;
    private static final int PROGRESS = 16;

    private ProfileCodec() {}

    static byte[] encode(List<? extends ProfileRecord> records) {
        CborWriter out = new CborWriter(1024);
        out.array(records.size());
        for (ProfileRecord next : records) {
            switch (next) {
                case ProfileRecord.Identity identity ->
                    out.array(3)
                            .uint(IDENTITY)
                            .bytes(identity.seed().expose())
                            .bytes(identity.sealingSeed().expose());
                case ProfileRecord.Group group ->
                    out.array(3).uint(GROUP).bytes(group.group().value()).bytes(group.definition());
                case ProfileRecord.OfGroup about -> encode(out, about.group(), about.what());
            }
        }
        return out.toByteString().unsafeArray();
    }

    static List<ProfileRecord> decode(byte[] batch) throws FormatException {
        CborReader in = new CborReader(batch, 0, batch.length);
        int count = in.array("records", 0, MAX);
        List<ProfileRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(decodeOne(in));
        }
        in.end();
        return records;
    }

    private static void encode(CborWriter out, GroupId group, VaultRecord what) {
        switch (what) {
            case VaultRecord.Outgoing item -> {
                begin(out, 7, OUTGOING, group).bytes(item.id().value()).bytes(item.content());
                DraftCodec.encode(out, item.draft());
                out.bytes(item.own()).bytes(item.replySeed().map(Secret::expose).orElse(new byte[0]));
            }
            case VaultRecord.OutgoingEnded ended ->
                begin(out, 4, OUTGOING_ENDED, group).bytes(ended.id().value()).uint(ended.published() ? 1 : 0);
            case VaultRecord.Received content -> {
                begin(out, 9, RECEIVED, group).bytes(content.id().value()).bytes(content.content());
                out.bytes(content.slotKey()).uint(content.epoch()).uint(content.round());
                out.uint(content.entry()).uint(content.timeMillis());
            }
            case VaultRecord.Enrolled own -> {
                begin(out, 6, ENROLLED, group)
                        .uint(own.number())
                        .bytes(own.epoch().value());
                out.bytes(own.seed().expose()).bytes(own.shuffle().expose());
            }
            case VaultRecord.EnrolmentErased erased ->
                begin(out, 3, ENROLMENT_ERASED, group).bytes(erased.epoch().value());
            case VaultRecord.LastEpoch last -> begin(out, 3, LAST_EPOCH, group).uint(last.number());
            case VaultRecord.Progress reached -> begin(out, 3, PROGRESS, group).uint(reached.entries());
        }
    }

    private static CborWriter begin(CborWriter out, int fields, int kind, GroupId group) {
        return out.array(fields).uint(kind).bytes(group.value());
    }

    private static ProfileRecord decodeOne(CborReader in) throws FormatException {
        in.array("record", 3, 9);
        int kind = in.uintAsInt("kind", PROGRESS);
        if (kind == IDENTITY) {
            return new ProfileRecord.Identity(secret(in, "seed"), secret(in, "sealing seed"));
        }
        GroupId group = new GroupId(in.bytesExact("group", GroupId.SIZE));
        if (kind == GROUP) {
            return new ProfileRecord.Group(group, in.bytes("definition", 1, MAX));
        }
        return new ProfileRecord.OfGroup(group, decodeOf(in, kind));
    }

    private static VaultRecord decodeOf(CborReader in, int kind) throws FormatException {
        return switch (kind) {
            case OUTGOING -> decodeOutgoing(in);
            case OUTGOING_ENDED -> new VaultRecord.OutgoingEnded(id(in), in.uint("published", 1) == 1);
            case RECEIVED ->
                new VaultRecord.Received(
                        id(in),
                        in.bytes("content", 1, MAX),
                        in.bytesExact("slot key", 32),
                        number(in, "epoch"),
                        number(in, "round"),
                        number(in, "entry"),
                        number(in, "time"));
            case ENROLLED -> {
                long number = number(in, "epoch number");
                EpochId epoch = new EpochId(in.bytesExact("epoch", EpochId.SIZE));
                Secret seed = secret(in, "enrolment seed");
                yield new VaultRecord.Enrolled(
                        number,
                        epoch,
                        seed,
                        Secret.wrap(in.bytes("shuffle", 0, MAX).unsafeArray()));
            }
            case ENROLMENT_ERASED -> new VaultRecord.EnrolmentErased(new EpochId(in.bytesExact("epoch", EpochId.SIZE)));
            case LAST_EPOCH -> new VaultRecord.LastEpoch(number(in, "epoch number"));
            case PROGRESS -> new VaultRecord.Progress(number(in, "entries"));
            default -> throw new FormatException("kind", kind + " is not known");
        };
    }

    private static VaultRecord.Outgoing decodeOutgoing(CborReader in) throws FormatException {
        ContentId id = id(in);
        ByteString content = in.bytes("content", 1, MAX);
        Draft draft = DraftCodec.decode(in);
        ByteString own = in.bytes("own", 0, MAX);
        ByteString seed = in.bytes("reply seed", 0, 32);
        Optional<Secret> replySeed = seed.isEmpty() ? Optional.empty() : Optional.of(Secret.wrap(seed.unsafeArray()));
        return new VaultRecord.Outgoing(id, content, draft, own, replySeed);
    }

    private static ContentId id(CborReader in) throws FormatException {
        return new ContentId(in.bytesExact("content id", ContentId.SIZE));
    }

    private static long number(CborReader in, String field) throws FormatException {
        return in.uint(field, Long.MAX_VALUE);
    }

    private static Secret secret(CborReader in, String field) throws FormatException {
        return Secret.wrap(in.bytesExact(field, 32).unsafeArray());
    }
}
