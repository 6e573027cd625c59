package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.shuffle.CoreWork;
import org.plainsong.core.shuffle.HopWork;

/**
 * Heavy work of a setup, cut into items that can be done on any threads: {@code work.finish(parts in order of their ranges)} is the same however the range
 * {@code 0..size()} was cut.
 */
public sealed interface SetupWork {
    /** Number of items. */
    int size();

    /** Does the items from {@code from} to {@code to - 1}. Pure; safe on any thread while the setup goes on. */
    Part part(int from, int to);

    /** Puts the parts together, given in the order of their ranges, and wipes the private key: the work is done once. */
    Result finish(List<Part> parts);

    /** All of it here and now. */
    default Result all() {
        return finish(List.of(part(0, size())));
    }

    /** What comes of some items. */
    sealed interface Part {}

    /** What comes of all items. */
    sealed interface Result {}

    /** Decapsulates the enrolments and checks the key confirmation tags for this server (protocol §4.1 step 4). */
    record Tags(TagWork work) implements SetupWork {
        /** Pad secrets in order, nothing where the tag is wrong. */
        record TagPart(List<Optional<Secret>> secrets) implements Part {}

        /** Pad secrets in the order of the enrolments, nothing where the tag is wrong. */
        record Checked(List<Optional<Secret>> secrets) implements Result {}

        @Override
        public int size() {
            return work.enrolments().size();
        }

        @Override
        public Part part(int from, int to) {
            return new TagPart(work.check(from, to));
        }

        @Override
        public Result finish(List<Part> parts) {
            List<Optional<Secret>> all = new ArrayList<>(size());
            for (Part part : parts) {
                all.addAll(((TagPart) part).secrets());
            }
            work.key().close();
            return new Checked(all);
        }
    }

    /** This server's hop (protocol §4.3). */
    record Hop(HopWork work) implements SetupWork {
        /** Opened items in order. */
        record HopPart(List<Optional<ByteString>> opened) implements Part {}

        /** The list or the declaration. */
        record Hopped(HopWork.Result result) implements Result {}

        @Override
        public int size() {
            return work.items().size();
        }

        @Override
        public Part part(int from, int to) {
            return new HopPart(work.open(from, to));
        }

        @Override
        public Result finish(List<Part> parts) {
            List<Optional<ByteString>> all = new ArrayList<>(size());
            for (Part part : parts) {
                all.addAll(((HopPart) part).opened());
            }
            work.key().close();
            return new Hopped(work.finish(all));
        }
    }

    /** Opens the last list with all inner keys (protocol §4.3 open). */
    record Cores(CoreWork work) implements SetupWork {
        /** Payloads in order. */
        record CorePart(List<Optional<ByteString>> payloads) implements Part {}

        /** Slot keys in the order of the list, nothing where an item does not open or holds none. */
        record Payloads(List<Optional<ByteString>> payloads) implements Result {}

        @Override
        public int size() {
            return work.items().size();
        }

        @Override
        public Part part(int from, int to) {
            return new CorePart(slotKeys(work, from, to));
        }

        /** What the cores at these positions hold; a key that no signature may be accepted under is dropped like a core that does not open. */
        static List<Optional<ByteString>> slotKeys(CoreWork work, int from, int to) {
            return work.open(from, to).stream()
                    .map(payload -> payload.filter(Ed25519::isAcceptablePublicKey))
                    .toList();
        }

        @Override
        public Result finish(List<Part> parts) {
            List<Optional<ByteString>> all = new ArrayList<>(size());
            for (Part part : parts) {
                all.addAll(((CorePart) part).payloads());
            }
            work.keys().forEach(XWing.ExpandedKey::close);
            return new Payloads(all);
        }
    }
}
