package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.SealedBox;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.shuffle.HopWork;
import org.plainsong.core.shuffle.Onion;
import org.plainsong.core.shuffle.ShuffleList;
import org.plainsong.core.shuffle.ShuffleRun;

/** Parties that do one thing wrong each; everything else is the real machine. */
final class Cheats {
    private Cheats() {}

    /** A list and where its items came from, as a cheating server would have them. */
    record Mixed(List<ByteString> items, List<Integer> origins) {}

    /** A server that makes another list than the honest one. */
    static SetupWorld.ServerCheat list(UnaryOperator<Mixed> change) {
        return hop(listed -> {
            Mixed mixed =
                    change.apply(new Mixed(new ArrayList<>(listed.list().items()), new ArrayList<>(listed.origins())));
            return new HopWork.Result.Listed(ShuffleList.of(mixed.items()), mixed.origins());
        });
    }

    /** A server that comes to something else than its honest list. */
    static SetupWorld.ServerCheat hop(Function<HopWork.Result.Listed, HopWork.Result> change) {
        return new SetupWorld.ServerCheat() {
            @Override
            public SetupWork.Result result(SetupWorld.Server self, SetupWork work, SetupWork.Result honest) {
                return honest instanceof SetupWork.Hop.Hopped hopped
                                && hopped.result() instanceof HopWork.Result.Listed listed
                        ? new SetupWork.Hop.Hopped(change.apply(listed))
                        : honest;
            }
        };
    }

    /** Puts another item in the place of the one at a position, sorted again, and says it came from there. */
    static UnaryOperator<Mixed> replace(int position, ByteString with) {
        return mixed -> {
            Map<ByteString, Integer> from = new HashMap<>();
            for (int i = 0; i < mixed.items().size(); i++) {
                from.put(mixed.items().get(i), mixed.origins().get(i));
            }
            ByteString gone = mixed.items().set(position, with);
            from.put(with, from.get(gone));
            Collections.sort(mixed.items());
            return new Mixed(
                    mixed.items(), mixed.items().stream().map(from::get).toList());
        };
    }

    /** X_h of a server's own making that opens at every later hop. */
    static ByteString foreignOnion(ShuffleRun run, int h, String seed) {
        byte[] bytes = SetupWorld.seeded(seed).toByteArray();
        byte[] payload = SetupWorld.signer(seed).publicKey().value().toByteArray();
        ByteString core = Onion.core(run, bytes, payload);
        return Onion.layers(run, new ItemRef(new MemberId(ByteString.wrap(new byte[16])), 0), bytes, core)
                .get(h);
    }

    /** Random bytes of the length of layer h. */
    static ByteString junk(ShuffleRun run, int h, String seed) {
        return ByteString.wrap(
                Randomness.seeded(SetupWorld.seeded(seed).toByteArray()).bytes(run.layerSize(h)));
    }

    /** A server that changes what it sends of one type; an empty list is silence. */
    static <M extends Message> SetupWorld.ServerCheat says(
            Class<M> type, BiFunction<SetupWorld.Server, Packet<M>, List<Packet<?>>> change) {
        return new SetupWorld.ServerCheat() {
            @Override
            public List<SetupEffect.Send> send(SetupWorld.Server self, SetupEffect.Send send) {
                if (send.frame() instanceof Frame.Statement statement
                        && type.isInstance(statement.packet().statement().message())
                        && statement.packet().statement().signatures().size() == 1
                        && statement
                                .packet()
                                .statement()
                                .signer()
                                .equals(self.context.signer().publicKey())) {
                    @SuppressWarnings("unchecked") // Looked at just now.
                    Packet<M> packet = (Packet<M>) statement.packet();
                    return change.apply(self, packet).stream()
                            .map(p -> new SetupEffect.Send(send.to(), new Frame.Statement(p), false))
                            .toList();
                }
                return List.of(send);
            }
        };
    }

    /** A server that never says this. */
    static SetupWorld.ServerCheat silentAbout(Class<? extends Message> type) {
        return says(type, (self, packet) -> List.of());
    }

    /** A server that signs no opening record and hands on no complete one. */
    static SetupWorld.ServerCheat signsNoRecord() {
        return new SetupWorld.ServerCheat() {
            @Override
            public List<SetupEffect.Send> send(SetupWorld.Server self, SetupEffect.Send send) {
                boolean record = send.frame() instanceof Frame.Statement statement
                        && statement.packet().statement().message() instanceof OpeningRecord;
                return record ? List.of() : List.of(send);
            }
        };
    }

    /** A server that declares something and signs positions that it makes up. */
    static SetupWorld.ServerCheat declares(List<Integer> malformed, List<List<Integer>> equalSets) {
        return both(
                hop(listed -> new HopWork.Result.Declared(List.of(2), List.of())),
                says(Declaration.class, (self, packet) -> {
                    Declaration d = packet.statement().message();
                    return List.of(Packet.of(self.context
                            .signer()
                            .sign(new Declaration(d.run(), d.server(), d.in(), malformed, equalSets))));
                }));
    }

    /** A server that signs a second statement of this type and shows it to one server only. */
    static <M extends Message> SetupWorld.ServerCheat showsAnother(
            Class<M> type, int to, BiFunction<SetupWorld.Server, Packet<M>, Packet<M>> other) {
        return new SetupWorld.ServerCheat() {
            private final SetupWorld.ServerCheat second =
                    says(type, (self, packet) -> List.of(other.apply(self, packet)));

            @Override
            public List<SetupEffect.Send> send(SetupWorld.Server self, SetupEffect.Send send) {
                if (!(send.to() instanceof Audience.Servers)) {
                    return List.of(send);
                }
                List<SetupEffect.Send> sends = new ArrayList<>();
                for (int j = 1; j <= self.context.servers(); j++) {
                    SetupEffect.Send one =
                            new SetupEffect.Send(new Audience.Server(j), send.frame(), send.storeFirst());
                    if (j == to) {
                        sends.addAll(second.send(self, one));
                    } else if (j != self.context.self()) {
                        sends.add(one);
                    }
                }
                return sends;
            }
        };
    }

    /** Two cheats of one server. */
    static SetupWorld.ServerCheat both(SetupWorld.ServerCheat one, SetupWorld.ServerCheat other) {
        return new SetupWorld.ServerCheat() {
            @Override
            public SetupWork.Result result(SetupWorld.Server self, SetupWork work, SetupWork.Result honest) {
                return other.result(self, work, one.result(self, work, honest));
            }

            @Override
            public List<SetupEffect.Send> send(SetupWorld.Server self, SetupEffect.Send send) {
                return one.send(self, send).stream()
                        .flatMap(s -> other.send(self, s).stream())
                        .toList();
            }
        };
    }

    /** The last server, when it makes its list, also signs one that lacks an item and shows it to members. */
    static SetupWorld.ServerCheat showsMembersAnotherList() {
        return new SetupWorld.ServerCheat() {
            @Override
            public List<SetupEffect.Send> send(SetupWorld.Server self, SetupEffect.Send send) {
                if (!(send.frame() instanceof Frame.Leaves leaves)) {
                    return List.of(send);
                }
                byte[] other = leaves.leafHashes().toByteArray();
                for (int i = 0; i < other.length; i += 32) {
                    other[i] ^= 1;
                }
                ByteString hashes = ByteString.wrap(other);
                Hop last = leaves.hops().get(leaves.hops().size() - 1).message();
                Hop changed = new Hop(
                        last.run(),
                        last.server(),
                        last.in(),
                        LeafSearch.root(hashes).orElseThrow());
                List<Signed<Hop>> hops = new ArrayList<>(leaves.hops());
                hops.set(hops.size() - 1, self.context.signer().sign(changed));
                return List.of(new SetupEffect.Send(send.to(), new Frame.Leaves(leaves.run(), hops, hashes), false));
            }
        };
    }

    /** A server that reveals its inner seed together with its hop, under a made-up hash, and not again. */
    static SetupWorld.ServerCheat revealsEarly() {
        return new SetupWorld.ServerCheat() {
            @Override
            public List<SetupEffect.Send> send(SetupWorld.Server self, SetupEffect.Send send) {
                if (!(send.frame() instanceof Frame.Statement statement)) {
                    return List.of(send);
                }
                Message message = statement.packet().statement().message();
                boolean own = statement
                        .packet()
                        .statement()
                        .signatures()
                        .get(0)
                        .signer()
                        .equals(self.context.signer().publicKey());
                if (own && message instanceof Hop hop) {
                    InnerSeed seed = new InnerSeed(
                            hop.run(), hop.server(), SetupWorld.seeded("no sets"), SetupWorld.seeded("seed"), 1);
                    return List.of(
                            send,
                            new SetupEffect.Send(
                                    send.to(),
                                    new Frame.Statement(
                                            Packet.of(self.context.signer().sign(seed))),
                                    false));
                }
                return own && (message instanceof InnerSeed || message instanceof Stopped) ? List.of() : List.of(send);
            }
        };
    }

    /** A server that calls the first member's tag wrong. */
    static SetupWorld.ServerCheat falseComplaint() {
        return new SetupWorld.ServerCheat() {
            @Override
            public SetupWork.Result result(SetupWorld.Server self, SetupWork work, SetupWork.Result honest) {
                if (!(honest instanceof SetupWork.Tags.Checked checked)) {
                    return honest;
                }
                List<Optional<Secret>> secrets = new ArrayList<>(checked.secrets());
                secrets.set(0, Optional.empty());
                return new SetupWork.Tags.Checked(secrets);
            }
        };
    }

    /** A member that changes what it sends of one type, the same to all servers; an empty list is silence. */
    static <M extends Message> SetupWorld.MemberCheat member(
            Class<M> type, BiFunction<SetupWorld.Member, M, List<? extends Message>> change) {
        return new SetupWorld.MemberCheat() {
            private final Map<ByteString, List<Packet<?>>> made = new HashMap<>();

            @Override
            public List<Packet<?>> send(SetupWorld.Member self, int server, Packet<?> packet) {
                Signed<?> statement = packet.statement();
                return type.isInstance(statement.message())
                        ? made.computeIfAbsent(
                                statement.payload(),
                                p -> change.apply(self, type.cast(statement.message())).stream()
                                        .<Packet<?>>map(m ->
                                                Packet.of(self.context.signer().sign(m)))
                                        .toList())
                        : List.of(packet);
            }
        };
    }

    /** Several changes of one member. */
    static SetupWorld.MemberCheat member(SetupWorld.MemberCheat one, SetupWorld.MemberCheat other) {
        return new SetupWorld.MemberCheat() {
            @Override
            public List<Packet<?>> send(SetupWorld.Member self, int server, Packet<?> packet) {
                return one.send(self, server, packet).stream()
                        .flatMap(p -> other.send(self, server, p).stream())
                        .toList();
            }
        };
    }

    /** Enrols with server 2 alone. */
    static SetupWorld.MemberCheat enrolsWithServer2Alone() {
        return new SetupWorld.MemberCheat() {
            @Override
            public List<Packet<?>> send(SetupWorld.Member self, int server, Packet<?> packet) {
                boolean kept = server != 2 && packet.statement().message() instanceof Enrolment;
                return kept ? List.of() : List.of(packet);
            }
        };
    }

    static SetupWorld.MemberCheat opensNothing() {
        return member(Opening.class, (self, opening) -> List.of());
    }

    static SetupWorld.MemberCheat hasLostItsSeed() {
        return member(Opening.class, (self, opening) -> List.of(new LostSeed(opening.run(), self.context.self())));
    }

    /** Another enrolment for server 1 than for the others. */
    static SetupWorld.MemberCheat twoEnrolments() {
        return new SetupWorld.MemberCheat() {
            @Override
            public List<Packet<?>> send(SetupWorld.Member self, int server, Packet<?> packet) {
                if (server == 1 && packet.statement().message() instanceof Enrolment) {
                    Terms terms = self.state.live().orElseThrow().terms();
                    EnrolmentDraft other =
                            EnrolmentDraft.draw(terms, self.context.self(), Randomness.seeded(new byte[] {1}));
                    return List.of(Packet.of(self.context.signer().sign(other.enrolment())));
                }
                return List.of(packet);
            }
        };
    }

    static SetupWorld.MemberCheat items(BiFunction<SetupWorld.Member, List<ByteString>, List<ByteString>> change) {
        return member(
                Enrolment.class,
                (self, e) -> List.of(new Enrolment(
                        e.epoch(),
                        e.announcements(),
                        e.member(),
                        e.encapsulations(),
                        e.tags(),
                        change.apply(self, new ArrayList<>(e.items())))));
    }

    /** Waits until the victim has enrolled, then submits the victim's first onion as its own second. */
    static SetupWorld.MemberCheat copies(SetupWorld.Member victim) {
        return new SetupWorld.MemberCheat() {
            @Override
            public List<Packet<?>> send(SetupWorld.Member self, int server, Packet<?> packet) {
                if (!(packet.statement().message() instanceof Enrolment)) {
                    return List.of(packet);
                }
                Optional<Enrolment> theirs = victim.sent.stream()
                        .map(p -> p.statement().message())
                        .filter(Enrolment.class::isInstance)
                        .map(Enrolment.class::cast)
                        .findFirst();
                if (theirs.isEmpty()) {
                    self.again(server, packet);
                    return List.of();
                }
                return items((me, items) -> {
                            items.set(1, theirs.get().items().get(0));
                            return items;
                        })
                        .send(self, server, packet);
            }
        };
    }

    /** An onion whose X_{h-1} is no seal: it opens up to hop h - 1. */
    static SetupWorld.MemberCheat malformedAt(int h) {
        return items((self, items) -> {
            ShuffleRun run = self.state.live().orElseThrow().terms().shuffle();
            items.set(
                    0,
                    wrap(
                            run,
                            new ItemRef(self.context.self(), 0),
                            h - 1,
                            junk(run, h - 1, self.context.self().value().hex())));
            return items;
        });
    }

    /** Seals X_at with proper outer layers. */
    static ByteString wrap(ShuffleRun run, ItemRef owner, int at, ByteString inner) {
        ByteString layer = inner;
        for (int h = at; h >= 1; h--) {
            ByteString u16 = ByteString.of((byte) 0, (byte) h);
            ByteString index = ByteString.of((byte) 0, (byte) owner.index());
            byte[] randomness = new byte[64];
            Arrays.fill(randomness, (byte) (h + 1));
            layer = SealedBox.seal(
                    run.outerKeys().get(h - 1),
                    randomness,
                    Labels.ONION_LAYER,
                    ByteString.concat(run.id().value(), u16),
                    h == 1 ? ByteString.concat(owner.member().value(), index) : ByteString.EMPTY,
                    layer.toByteArray());
        }
        return layer;
    }

    /** A tag for server 2 with one bit changed. */
    static SetupWorld.MemberCheat wrongTag() {
        return member(Enrolment.class, (self, e) -> {
            List<ByteString> tags = new ArrayList<>(e.tags());
            byte[] tag = tags.get(1).toByteArray();
            tag[5] ^= 8;
            tags.set(1, ByteString.wrap(tag));
            return List.of(
                    new Enrolment(e.epoch(), e.announcements(), e.member(), e.encapsulations(), tags, e.items()));
        });
    }

    static SetupWorld.MemberCheat opensTagWrongly() {
        return member(
                TagOpening.class,
                (self, o) -> List.of(new TagOpening(o.epoch(), o.member(), o.server(), ByteString.wrap(new byte[64]))));
    }

    static SetupWorld.MemberCheat confirmsAnyway() {
        return member(
                Confirmation.class,
                (self, c) -> List.of(new Confirmation(c.run(), c.member(), c.chain(), true, 0, 0, List.of())));
    }

    static SetupWorld.MemberCheat falseMissing() {
        return member(
                Confirmation.class,
                (self, c) -> List.of(new Confirmation(
                        c.run(),
                        c.member(),
                        c.chain(),
                        false,
                        1,
                        3,
                        self.state.progress().hops())));
    }

    /** What a server that omits all confirmations says. */
    static Packet<ConfirmationSet> withoutConfirmations(SetupWorld.Server self, Packet<ConfirmationSet> packet) {
        ConfirmationSet set = packet.statement().message();
        return Packet.of(
                self.context.signer().sign(new ConfirmationSet(set.run(), set.server(), set.chain(), List.of())));
    }

    /** Another list, with the root of that list. */
    static Packet<Hop> otherList(SetupWorld.Server self, Packet<Hop> packet, UnaryOperator<Mixed> change) {
        if (packet.body().isEmpty()) {
            return packet;
        }
        List<ByteString> items = new ArrayList<>(
                ShuffleList.fromBody(packet.body()).orElseThrow().items());
        List<Integer> origins = new ArrayList<>(Collections.nCopies(items.size(), 0));
        ShuffleList list =
                ShuffleList.of(change.apply(new Mixed(items, origins)).items());
        Hop hop = packet.statement().message();
        return new Packet<>(
                self.context.signer().sign(new Hop(hop.run(), hop.server(), hop.in(), list.root())), list.body());
    }

    static Set<Integer> numbers(int... numbers) {
        Set<Integer> set = new TreeSet<>();
        for (int number : numbers) {
            set.add(number);
        }
        return set;
    }
}
