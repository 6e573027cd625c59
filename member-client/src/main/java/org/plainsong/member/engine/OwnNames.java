package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.Pseudonym;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.epoch.Seat;

/** The names that the member has in the running epoch, and what each was used for (protocol §7: one for each thread). */
final class OwnNames {
    /** One of them. */
    static final class Name {
        private final Seat.Name seat;
        private final Pseudonym pseudonym;
        private final List<ContentId> threads = new ArrayList<>();
        private boolean spokePrivately;

        private Name(Seat.Name seat, Pseudonym pseudonym) {
            this.seat = seat;
            this.pseudonym = pseudonym;
        }

        int slot() {
            return seat.slot();
        }

        Ed25519.SigningKey key() {
            return seat.key();
        }

        Pseudonym pseudonym() {
            return pseudonym;
        }

        Optional<ContentId> firstThread() {
            return threads.isEmpty() ? Optional.empty() : Optional.of(threads.get(0));
        }

        private boolean isUnused() {
            return uses() == 0;
        }

        private int uses() {
            return threads.size() + (spokePrivately ? 1 : 0);
        }
    }

    private final List<Name> names;

    OwnNames(Seat seat, List<Pseudonym> pseudonyms) {
        List<Name> all = new ArrayList<>();
        for (Seat.Name each : seat.names()) {
            all.add(new Name(each, pseudonyms.get(each.slot())));
        }
        names = List.copyOf(all);
    }

    List<Name> all() {
        return names;
    }

    /** Chooses a name for an item that has none, if one is to be had in this epoch. */
    void choose(OutboxItem item) {
        if (item.name().isPresent()) {
            return;
        }
        Optional<Name> chosen = switch (item.kept().draft().name()) {
            case NameChoice.Auto auto -> automatic(item);
            case NameChoice.Fresh fresh -> unused();
            case NameChoice.Named named -> named(named.name());
        };
        chosen.ifPresent(name -> {
            item.name(name);
            if (item.thread().isPresent()) {
                name.threads.add(item.thread().get());
            } else {
                name.spokePrivately = true;
            }
        });
    }

    /** The thread's name; else an unused one; else, as waiting for the next epoch may take hours, the one used least. */
    private Optional<Name> automatic(OutboxItem item) {
        Optional<Name> ofThread = names.stream()
                .filter(n -> item.thread().map(n.threads::contains).orElse(false))
                .findFirst();
        return ofThread.or(this::unused).or(() -> privateOne(item)).or(this::leastUsed);
    }

    private Optional<Name> unused() {
        return names.stream().filter(Name::isUnused).findFirst();
    }

    private Optional<Name> privateOne(OutboxItem item) {
        return item.thread().isPresent()
                ? Optional.empty()
                : names.stream().filter(n -> n.spokePrivately).findFirst();
    }

    private Optional<Name> leastUsed() {
        Optional<Name> least = Optional.empty();
        for (Name each : names) {
            if (least.isEmpty() || each.uses() < least.get().uses()) {
                least = Optional.of(each);
            }
        }
        return least;
    }

    private Optional<Name> named(String name) {
        return names.stream().filter(n -> n.pseudonym().name().equals(name)).findFirst();
    }
}
