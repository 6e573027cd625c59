package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.anonymity.ClientRules;
import org.plainsong.core.anonymity.Floor;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.member.engine.MemberSnapshot.State;

/** Puts together what people see of a node. */
final class SnapshotTaker {
    private final MemberIdentity identity;
    private final GroupId group;
    private final Links links;
    private final Course course;
    private final Setups setups;
    private final Shelf shelf;
    private final Outbox outbox;

    SnapshotTaker(MemberIdentity identity, GroupId group, Course.Tools tools, Course course, Shelf shelf) {
        this.identity = identity;
        this.group = group;
        this.links = tools.links();
        this.setups = tools.setups();
        this.outbox = tools.outbox();
        this.course = course;
        this.shelf = shelf;
    }

    MemberSnapshot take() {
        return new MemberSnapshot(
                group,
                identity.group().message().name(),
                identity.member(),
                connection(),
                place(),
                crowd(),
                names(),
                shelf.posts(),
                shelf.privateTexts(),
                outbox.all().stream()
                        .map(i -> new MemberSnapshot.OutboxView(
                                i.id(), i.kept().draft(), i.content().size(), i.state()))
                        .toList());
    }

    private MemberSnapshot.Connection connection() {
        State state = state();
        Optional<String> attached = links.attached().map(this::nameOf);
        return new MemberSnapshot.Connection(state, links.upCount(), links.count(), attached, text(state));
    }

    private String nameOf(PublicKey server) {
        Chain chain = course.chain();
        List<ServerEntry> servers = chain.hasGroup()
                ? chain.roster().servers()
                : identity.group().message().servers();
        return servers.stream()
                .filter(s -> s.key().equals(server))
                .findFirst()
                .map(ServerEntry::name)
                .orElse("");
    }

    private State state() {
        if (links.upCount() == 0) {
            return State.OFFLINE;
        }
        if (course.trouble().isPresent()) {
            return State.STOPPED;
        }
        Optional<EpochView> epoch = course.chain().epoch();
        if (epoch.isPresent()
                && course.rounds().filter(r -> r.takesPart(epoch.get())).isPresent()) {
            return State.IN_ROUNDS;
        }
        if (setups.isEnrolling()) {
            return State.ENROLLING;
        }
        return course.chain().size() == 0 ? State.CATCHING_UP : State.WAITING_FOR_EPOCH;
    }

    private String text(State state) {
        return switch (state) {
            case OFFLINE -> "no server is reached; trying again";
            case STOPPED -> course.trouble().orElse("stopped");
            case CATCHING_UP -> "catching up with the group";
            case WAITING_FOR_EPOCH -> "up to date; takes part from the next epoch on";
            case ENROLLING -> "an epoch is being set up";
            case IN_ROUNDS -> "takes part in the rounds";
        };
    }

    private MemberSnapshot.Place place() {
        Chain chain = course.chain();
        Optional<EpochView> epoch = chain.epoch();
        long next = epoch.map(e -> e.next().round()).orElse(1L);
        int attempt = epoch.map(e -> e.next().attempt()).orElse(0);
        return new MemberSnapshot.Place(chain.size(), chain.epochNumber(), next - 1, attempt, chain.timeMillis());
    }

    private MemberSnapshot.Crowd crowd() {
        Optional<EpochView> epoch = course.chain().epoch();
        if (epoch.isEmpty()) {
            return new MemberSnapshot.Crowd(0, 0, 0, 0, Optional.empty());
        }
        Policy policy = epoch.get().opened().policy();
        int expected = BitSets.count(epoch.get().expected());
        Optional<String> holding = course.rounds()
                .map(Rounds::rules)
                .map((ClientRules rules) -> rules.holds(epoch.get().expected()))
                .flatMap(holds -> Speech.reason(holds, policy));
        return new MemberSnapshot.Crowd(
                expected,
                Floor.required(expected, policy.minParticipants(), policy.alphaPermille()),
                course.minimum(policy),
                course.participants(),
                holding);
    }

    private List<MemberSnapshot.OwnName> names() {
        EpochView epoch = course.chain().epoch().orElse(null);
        Rounds rounds = course.rounds().orElse(null);
        if (epoch == null || rounds == null || !rounds.isOf(epoch)) {
            return List.of();
        }
        List<MemberSnapshot.OwnName> names = new ArrayList<>();
        for (OwnNames.Name name : rounds.names().all()) {
            boolean open = epoch.layout().isOpen(name.slot());
            names.add(new MemberSnapshot.OwnName(name.slot(), name.pseudonym(), name.firstThread(), open));
        }
        return List.copyOf(names);
    }
}
