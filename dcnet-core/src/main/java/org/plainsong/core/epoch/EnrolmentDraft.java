package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.shuffle.Onion;

/**
 * An enrolment in the making (protocol §4.1 step 3): all of it follows from the seeds.
 *
 * @param enrolment to be signed
 * @param kept for the vault
 * @param pads K_ij by server number
 * @param names k slot signing keys, in the order of the items
 */
record EnrolmentDraft(Enrolment enrolment, KeptEnrolment kept, List<Secret> pads, List<Ed25519.SigningKey> names) {

    /** Independent random bytes of one submission, 32 each; a seed opened once is public for ever. */
    record ItemSeeds(Secret slot, Secret inner, Secret outer) {
        static ItemSeeds draw(Randomness randomness) {
            return new ItemSeeds(
                    Secret.wrap(randomness.bytes(Ed25519.SEED_SIZE)),
                    Secret.wrap(randomness.bytes(Onion.SEED_SIZE)),
                    Secret.wrap(randomness.bytes(Onion.SEED_SIZE)));
        }

        void wipe() {
            slot.wipe();
            inner.wipe();
            outer.wipe();
        }
    }

    /** The draft of a member with fresh seeds. */
    static EnrolmentDraft draw(Terms terms, MemberId self, Randomness randomness) {
        Secret seed = Secret.wrap(randomness.bytes(PadKeys.SEED_SIZE));
        List<ItemSeeds> items = new ArrayList<>(terms.names());
        for (int index = 0; index < terms.names(); index++) {
            items.add(ItemSeeds.draw(randomness));
        }
        EnrolmentDraft draft = of(terms, self, seed, items);
        items.forEach(ItemSeeds::wipe);
        return draft;
    }

    /** The draft that follows from these seeds. */
    static EnrolmentDraft of(Terms terms, MemberId self, Secret seed, List<ItemSeeds> seeds) {
        List<ByteString> encapsulations = new ArrayList<>();
        List<ByteString> tags = new ArrayList<>();
        List<Secret> pads = new ArrayList<>();
        for (int j = 1; j <= terms.servers(); j++) {
            ByteString padKey = terms.announcements().get(j - 1).message().padKey();
            byte[] randomness = PadKeys.randomness(terms.epoch(), seed.expose(), j);
            XWing.Encapsulation made = XWing.encapsulate(padKey, randomness);
            Arrays.fill(randomness, (byte) 0);
            try (Secret shared = made.sharedSecret()) {
                Secret pad = PadKeys.pairSecret(terms.epoch(), shared, self, j);
                encapsulations.add(made.ciphertext());
                tags.add(PadKeys.tag(pad));
                pads.add(pad);
            }
        }
        List<ByteString> items = new ArrayList<>();
        List<KeptEnrolment.KeptItem> kept = new ArrayList<>();
        List<Ed25519.SigningKey> names = new ArrayList<>();
        for (int index = 0; index < seeds.size(); index++) {
            ItemSeeds own = seeds.get(index);
            Ed25519.SigningKey name = Ed25519.SigningKey.fromSeed(own.slot().expose());
            ByteString core = Onion.core(
                    terms.shuffle(), own.inner().expose(), name.publicKey().unsafeArray());
            items.add(Onion.layers(
                            terms.shuffle(),
                            new ItemRef(self, index),
                            own.outer().expose(),
                            core)
                    .get(0));
            kept.add(new KeptEnrolment.KeptItem(own.outer().copy(), core));
            names.add(name);
        }
        Enrolment enrolment = new Enrolment(terms.epoch(), terms.announces(), self, encapsulations, tags, items);
        return new EnrolmentDraft(enrolment, new KeptEnrolment(terms.epoch(), terms.run(), seed, kept), pads, names);
    }
}
