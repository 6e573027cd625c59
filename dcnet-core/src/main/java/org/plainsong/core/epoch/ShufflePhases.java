package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.Declarations;
import org.plainsong.core.shuffle.HopWork;
import org.plainsong.core.shuffle.ListCheck;
import org.plainsong.core.shuffle.ShuffleList;
import org.plainsong.core.shuffle.SubmittedItem;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** The hops of protocol §4.3, up to the chain on which all servers agree. */
final class ShufflePhases {
    private ShufflePhases() {}

    /** Step 5 begins with L_0. */
    static SetupPhase begin(Turn turn, SetupPhase.Agreed agreed) {
        turn.patience(EnrolPhases.EXCHANGE);
        List<ByteString> first =
                agreed.roll().submitted().stream().map(SubmittedItem::item).toList();
        return new SetupPhase.Shuffling(
                new SetupPhase.Mixed(agreed, List.of(ShuffleList.of(first)), Optional.empty()), false);
    }

    /** Takes in the next list of the chain, or makes it if it is this server's. */
    static SetupPhase shuffling(Turn turn, SetupPhase.Shuffling phase) {
        int next = phase.mixed().lists().size();
        if (next > turn.context().servers()) {
            return compare(turn, phase.mixed());
        }
        if (next == turn.context().self()) {
            return ownHop(turn, phase);
        }
        Optional<Signed<Declaration>> declared = turn.book().statement(Book.Kind.HOP, next, Declaration.class);
        if (declared.isPresent()) {
            return declared(turn, phase, declared.get());
        }
        Optional<Packet<Hop>> hop = turn.book().packet(Book.Kind.HOP, next, Hop.class);
        ShuffleList list = turn.book().lists().get(next);
        if (hop.isPresent() && list != null) {
            return take(turn, phase, hop.get(), list);
        }
        return turn.expired()
                ? Failing.fail(turn, phase, "a list of the shuffle did not come", new TreeSet<>(List.of(next)))
                : phase;
    }

    private static SetupPhase ownHop(Turn turn, SetupPhase.Shuffling phase) {
        SetupPhase.Mixed mixed = phase.mixed();
        int self = turn.context().self();
        if (!phase.working()) {
            List<SubmittedItem> submitted = self == 1 ? mixed.agreed().roll().submitted() : List.of();
            turn.work(new SetupWork.Hop(new HopWork(
                    mixed.terms().shuffle(),
                    self,
                    mixed.agreed().secrets().expandedOuter(),
                    last(mixed).items(),
                    submitted.stream().map(SubmittedItem::owner).toList())));
            return new SetupPhase.Shuffling(mixed, true);
        }
        SetupWork.Hop.Hopped hopped = turn.take(SetupWork.Hop.Hopped.class);
        if (hopped == null) {
            return phase;
        }
        turn.patience(EnrolPhases.EXCHANGE);
        ByteString in = last(mixed).root();
        return switch (hopped.result()) {
            case HopWork.Result.Listed listed -> {
                Hop hop = new Hop(mixed.terms().run(), self, in, listed.list().root());
                Signed<Hop> signed = turn.context().signer().sign(hop);
                turn.say(Book.Kind.HOP, new Packet<>(signed, listed.list().body()), false);
                yield new SetupPhase.Shuffling(with(mixed, listed.list(), Optional.of(listed.origins())), false);
            }
            case HopWork.Result.Declared declared -> {
                Declaration declaration =
                        new Declaration(mixed.terms().run(), self, in, declared.malformed(), declared.equalSets());
                yield TracePhases.declared(turn, mixed, turn.say(Book.Kind.HOP, declaration));
            }
        };
    }

    /** A list that is not along the chain is no list to judge; along it, any fault convicts its signer. */
    private static SetupPhase take(Turn turn, SetupPhase.Shuffling phase, Packet<Hop> hop, ShuffleList list) {
        SetupPhase.Mixed mixed = phase.mixed();
        int h = hop.statement().message().server();
        if (!hop.statement().message().in().equals(last(mixed).root())) {
            return Failing.fail(turn, phase, "a list does not follow from the one before");
        }
        Optional<ListCheck.Fault> fault =
                ListCheck.fault(mixed.terms().shuffle(), h, last(mixed).size(), list.items());
        if (fault.isPresent()) {
            List<Signed<?>> statements = new ArrayList<>(List.of(hop.statement()));
            turn.book().statement(Book.Kind.HOP, h - 1, Hop.class).ifPresent(statements::add);
            statements.addAll(mixed.terms().announcements());
            turn.found(Violation.of(
                    turn.context().parties().server(h),
                    Rule.BAD_LIST,
                    new Evidence(statements, List.of(hop.body(), last(mixed).body()))));
            return Failing.fail(turn, phase, "a server signed a list that no server may sign");
        }
        turn.patience(EnrolPhases.EXCHANGE);
        return new SetupPhase.Shuffling(with(mixed, list, mixed.origins()), false);
    }

    private static SetupPhase declared(Turn turn, SetupPhase.Shuffling phase, Signed<Declaration> declaration) {
        SetupPhase.Mixed mixed = phase.mixed();
        if (!declaration.message().in().equals(last(mixed).root())) {
            return Failing.fail(turn, phase, "a declaration does not follow from the list before");
        }
        if (!Declarations.isSound(declaration.message(), last(mixed).size())) {
            List<Signed<?>> statements = new ArrayList<>(List.of(declaration));
            turn.book()
                    .statement(Book.Kind.HOP, declaration.message().server() - 1, Hop.class)
                    .ifPresent(statements::add);
            statements.addAll(mixed.terms().announcements());
            turn.found(Violation.of(
                    declaration.signer(),
                    Rule.BAD_DECLARATION,
                    new Evidence(statements, List.of(last(mixed).body()))));
            return Failing.fail(turn, phase, "a server signed a declaration that no server may sign");
        }
        return TracePhases.declared(turn, mixed, declaration);
    }

    private static SetupPhase compare(Turn turn, SetupPhase.Mixed mixed) {
        ByteString chain = Terms.chain(hops(turn, turn.context().servers()));
        turn.patience(EnrolPhases.EXCHANGE);
        turn.say(
                Book.Kind.CHAIN_CHECK,
                new ChainCheck(mixed.terms().run(), turn.context().self(), chain));
        return new SetupPhase.Comparing(mixed, chain);
    }

    /** The servers compare the whole chain before any member sees it. */
    static SetupPhase comparing(Turn turn, SetupPhase.Comparing phase) {
        Optional<List<Signed<ChainCheck>>> checks =
                turn.book().all(Book.Kind.CHAIN_CHECK, turn.context().servers(), ChainCheck.class);
        if (checks.isEmpty()) {
            return turn.expired()
                    ? Failing.fail(
                            turn, phase, "a server did not compare its lists", turn.missing(Book.Kind.CHAIN_CHECK))
                    : phase;
        }
        if (checks.get().stream().anyMatch(c -> !c.message().chain().equals(phase.chain()))) {
            return Failing.fail(turn, phase, "the servers do not hold the same lists");
        }
        SetupPhase.Chained chained = new SetupPhase.Chained(
                phase.mixed(),
                phase.chain(),
                leaves(phase.mixed(), hops(turn, turn.context().servers())));
        turn.patience(1);
        turn.send(chained.roll().members(), chained.leaves());
        return new SetupPhase.Confirming(chained, false);
    }

    private static Frame.Leaves leaves(SetupPhase.Mixed mixed, List<Signed<Hop>> hops) {
        ByteString[] hashes =
                last(mixed).items().stream().map(TreeHash::leafHash).toArray(ByteString[]::new);
        return new Frame.Leaves(mixed.terms().run(), hops, ByteString.concat(hashes));
    }

    /** The signed hops of servers 1 to {@code count}, which are there. */
    static List<Signed<Hop>> hops(Turn turn, int count) {
        return turn.book().all(Book.Kind.HOP, count, Hop.class).orElseThrow();
    }

    static ShuffleList last(SetupPhase.Mixed mixed) {
        return mixed.lists().get(mixed.lists().size() - 1);
    }

    private static SetupPhase.Mixed with(SetupPhase.Mixed mixed, ShuffleList list, Optional<List<Integer>> origins) {
        List<ShuffleList> lists = new ArrayList<>(mixed.lists());
        lists.add(list);
        return new SetupPhase.Mixed(mixed.agreed(), lists, origins);
    }
}
