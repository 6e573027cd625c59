package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.shuffle.CoreWork;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** Confirm and open of protocol §4.3. */
final class ConfirmPhases {
    private ConfirmPhases() {}

    /** Collects until the deadline or until all of the roll have answered; then the union of the M sets decides. */
    static SetupPhase confirming(Turn turn, SetupPhase.Confirming before) {
        SetupPhase.Confirming phase = before;
        SetupPhase.Chained chained = phase.chained();
        Confirmations rules = rules(turn.context(), chained);
        if (!phase.setSaid()) {
            boolean perhapsAll =
                    turn.book().confirmations().size() >= chained.roll().size();
            if (!perhapsAll && !turn.expired()) {
                return phase;
            }
            List<Signed<Confirmation>> reported = rules.toReport(turn.book().confirmations());
            if (reported.size() < chained.roll().size() && !turn.expired()) {
                return phase;
            }
            turn.patience(EnrolPhases.EXCHANGE);
            turn.say(
                    Book.Kind.CONFIRMATION_SET,
                    new ConfirmationSet(chained.terms().run(), turn.context().self(), chained.hash(), reported));
            phase = new SetupPhase.Confirming(chained, true);
        }
        Optional<List<Signed<ConfirmationSet>>> sets =
                turn.book().all(Book.Kind.CONFIRMATION_SET, turn.context().servers(), ConfirmationSet.class);
        if (sets.isPresent()) {
            return decide(turn, phase, rules, sets.get());
        }
        return turn.expired()
                ? Failing.fail(
                        turn, phase, "a set of confirmations did not come", turn.missing(Book.Kind.CONFIRMATION_SET))
                : phase;
    }

    static Confirmations rules(SetupContext context, SetupPhase.Chained chained) {
        Map<MemberId, PublicKey> members = new TreeMap<>(context.parties().members());
        members.keySet().retainAll(chained.roll().members());
        return new Confirmations(
                chained.terms().run(),
                context.parties().servers(),
                members,
                chained.terms().names(),
                chained.hash(),
                context.signatures());
    }

    private static SetupPhase decide(
            Turn turn, SetupPhase.Confirming phase, Confirmations rules, List<Signed<ConfirmationSet>> sets) {
        SetupPhase.Chained chained = phase.chained();
        if (sets.stream().anyMatch(s -> !s.message().chain().equals(chained.hash()))) {
            return Failing.fail(turn, phase, "the servers do not hold the same lists");
        }
        Confirmations.Union union = rules.union(sets, turn.book().confirmations());
        ByteString setsHash = Hash.labelled(Labels.CONFIRMED_SETS, Terms.payloads(sets));
        if (!union.missing().isEmpty()) {
            return TracePhases.missing(turn, chained, setsHash, union.missing());
        }
        int required = turn.context().policy().minParticipants();
        if (union.confirmed().size() < required) {
            return Failing.fail(
                    turn, phase, EnrolPhases.tooFew(union.confirmed().size(), turn.context(), "confirmed"));
        }
        turn.patience(EnrolPhases.EXCHANGE);
        turn.say(
                Book.Kind.REVEAL,
                new InnerSeed(
                        chained.terms().run(),
                        turn.context().self(),
                        setsHash,
                        chained.mixed().agreed().secrets().innerSeed(),
                        Math.max(0, turn.now())));
        return new SetupPhase.Opening(chained, setsHash, union.confirmed(), false);
    }

    /** All inner seeds, each under the hash of the same M sets and each giving its announced key; then the cores are opened. */
    static SetupPhase opening(Turn turn, SetupPhase.Opening phase) {
        if (phase.working()) {
            SetupWork.Cores.Payloads payloads = turn.take(SetupWork.Cores.Payloads.class);
            return payloads == null ? phase : RecordPhase.sign(turn, phase, payloads.payloads());
        }
        SetupContext context = turn.context();
        List<Signed<InnerSeed>> seeds = new ArrayList<>();
        for (int j = 1; j <= context.servers(); j++) {
            if (turn.book().statement(Book.Kind.REVEAL, j, Stopped.class).isPresent()) {
                return Failing.fail(turn, phase, "a server has ended the run that others open");
            }
            turn.book().statement(Book.Kind.REVEAL, j, InnerSeed.class).ifPresent(seeds::add);
        }
        for (Signed<InnerSeed> seed : seeds) {
            int j = seed.message().server();
            if (!seed.message().sets().equals(phase.setsHash())) {
                return Failing.fail(
                        turn, phase, "a server revealed under other confirmations", new TreeSet<>(List.of(j)));
            }
            if (!givesItsKey(seed.message(), phase.chained().terms())) {
                turn.found(Violation.of(
                        seed.signer(),
                        Rule.WRONG_INNER_SEED,
                        Evidence.of(
                                seed, phase.chained().terms().announcements().get(j - 1))));
                return Failing.fail(turn, phase, "a server revealed a seed that does not give its key");
            }
        }
        if (seeds.size() == context.servers()) {
            turn.patience(EnrolPhases.EXCHANGE);
            turn.work(new SetupWork.Cores(new CoreWork(
                    phase.chained().terms().shuffle(),
                    seeds.stream().map(s -> expanded(s.message())).toList(),
                    ShufflePhases.last(phase.chained().mixed()).items())));
            return new SetupPhase.Opening(phase.chained(), phase.setsHash(), phase.confirmed(), true);
        }
        return turn.expired()
                ? Failing.fail(turn, phase, "an inner seed did not come", turn.missing(Book.Kind.REVEAL))
                : phase;
    }

    static boolean givesItsKey(InnerSeed seed, Terms terms) {
        ByteString announced =
                terms.announcements().get(seed.server() - 1).message().innerKey();
        XWing.KeyPair made = XWing.generate(seed.seed().unsafeArray());
        made.seed().wipe();
        return made.publicKey().equals(announced);
    }

    static XWing.ExpandedKey expanded(InnerSeed seed) {
        try (Secret secret = Secret.copyOf(seed.seed().unsafeArray())) {
            return XWing.ExpandedKey.of(secret);
        }
    }

    /** Members of the roll that have not confirmed here. */
    static SortedSet<MemberId> unanswered(Turn turn, SetupPhase.Chained chained) {
        SortedSet<MemberId> left = new TreeSet<>(chained.roll().members());
        left.removeAll(turn.book().confirmations().keySet());
        return left;
    }
}
