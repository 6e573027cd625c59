package org.plainsong.core.epoch;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.ShuffleList;
import org.plainsong.core.shuffle.TraceCase;

/** Where a setup stands at a server; each holds only what is true in it (protocol §4.1, §4.3). */
sealed interface SetupPhase {
    /** Step 2: own announcement is out, the others' are waited for. */
    record Announcing(SetupSecrets secrets) implements SetupPhase {}

    /** Step 3: members enrol. */
    record Enrolling(SetupSecrets secrets, Terms terms) implements SetupPhase {}

    /**
     * Step 4: the sets are exchanged and what is missing is fetched.
     *
     * @param requested refs asked for, with the server asked as index
     */
    record Gathering(SetupSecrets secrets, Terms terms, SortedSet<String> requested) implements SetupPhase {}

    /**
     * Step 4: tags are checked and the checks exchanged.
     *
     * @param pads null until the own check is done
     */
    record CheckingEnrolments(
            SetupSecrets secrets,
            Terms terms,
            Roll roll,
            @Nullable SortedMap<MemberId, Secret> pads) implements SetupPhase {}

    /**
     * Step 4: members open what servers complained of.
     *
     * @param open what is asked
     */
    record OpeningTags(Agreed agreed, OpenCase.Tags open, boolean setSaid) implements SetupPhase {
        SortedSet<ItemRef> asked() {
            return open.asked();
        }
    }

    /**
     * Step 5: hops.
     *
     * @param mixed the lists so far
     * @param working whether the own hop is under way or done
     */
    record Shuffling(Mixed mixed, boolean working) implements SetupPhase {}

    /** Step 5: the servers compare the whole chain. */
    record Comparing(Mixed mixed, ByteString chain) implements SetupPhase {}

    /** Step 5: members confirm. */
    record Confirming(Chained chained, boolean setSaid) implements SetupPhase {}

    /**
     * Step 5: inner seeds are revealed and the cores opened.
     *
     * @param setsHash labelled hash "confirmed sets" over the M confirmation sets
     */
    record Opening(Chained chained, ByteString setsHash, SortedSet<MemberId> confirmed, boolean working)
            implements SetupPhase {}

    /** Step 6: own signature under the record is out. */
    record SigningOpening(Chained chained, Signed<OpeningRecord> own) implements SetupPhase {}

    /** §4.3 trace: links and the end of the run. */
    record Linking(Mixed mixed, TraceCase trace) implements SetupPhase {}

    /** §4.3 trace: members open. */
    record Tracing(Mixed mixed, TraceCase trace, SortedSet<ItemRef> asked, Stage stage) implements SetupPhase {
        /** How far it is. */
        enum Stage {
            /** The others' words that the run has ended are waited for. */
            STOPPING,
            /** Members open. */
            OPENING,
            /** The sets of openings are exchanged. */
            EXCHANGING
        }
    }

    /** The epoch is open. */
    record Opened(Terms terms, List<OpenCase> open) implements SetupPhase {}

    /** Ended without an epoch and without a server convicted; a trace that rested on silence can still be answered. */
    record Voided(Optional<Terms> terms, List<OpenCase> open) implements SetupPhase {}

    /** Ended because a server broke the protocol. */
    record Convicted(Optional<Terms> terms, List<OpenCase> open) implements SetupPhase {}

    /**
     * What stands once the enrolment set is agreed: the roll and this server's pair secrets.
     *
     * @param open tags that members may still open, late
     */
    record Agreed(SetupSecrets secrets, Terms terms, Roll roll, SortedMap<MemberId, Secret> pads, List<OpenCase> open) {
        void wipe() {
            secrets.wipeAll();
            pads.values().forEach(Secret::wipe);
        }
    }

    /**
     * The shuffle so far.
     *
     * @param lists L_0 and those that have been checked
     * @param origins where each item of the own list came from, once it is made
     */
    record Mixed(Agreed agreed, List<ShuffleList> lists, Optional<List<Integer>> origins) {
        /** Copies the list. */
        public Mixed {
            lists = List.copyOf(lists);
        }

        Terms terms() {
            return agreed.terms();
        }
    }

    /**
     * The whole chain, the same at all servers.
     *
     * @param hash labelled hash "chain"
     * @param leaves what members see of it
     */
    record Chained(Mixed mixed, ByteString hash, Frame.Leaves leaves) {
        Terms terms() {
            return mixed.terms();
        }

        Roll roll() {
            return mixed.agreed().roll();
        }
    }
}
