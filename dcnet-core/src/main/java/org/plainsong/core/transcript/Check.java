package org.plainsong.core.transcript;

import java.util.Arrays;
import java.util.Optional;

/** The numbered checks of a transcript (protocol §8, docs/checks.md). A number is never given to another check. */
public enum Check {
    /** Names of files. */
    T1_FILES("T1", "§8", "files: none missing, none unknown, each under its own name"),
    /** Encodings. */
    T2_ENCODING("T2", "§2", "every entry and envelope in its one encoding, within the limits"),
    /** Checkpoint's signature. */
    T3_CHECKPOINT("T3", "§8", "checkpoint: of this group's log, signed by its server"),
    /** Checkpoint's root. */
    T4_LOG_ROOT("T4", "§8", "log: size and root computed anew from the entries"),
    /** Other publications. */
    T5_ONE_LOG("T5", "§8", "one log: all publications show the same entries"),

    /** Definition. */
    T10_DEFINITION("T10", "§3", "definition: names the group, keeps the rules, signed by admins and every server"),
    /** Roster log. */
    T11_ROSTER("T11", "§3", "roster log: each entry follows, keeps the rules, signed by enough admins"),

    /** Order of entries. */
    T20_ORDER("T20", "§8", "order: definition, roster before opening records, epoch numbers ascend, no attempt twice"),
    /** Signatures of all servers. */
    T21_SIGNATURES("T21", "§4.2", "records: signed by exactly all servers of the epoch"),
    /** Links. */
    T22_LINKS("T22", "§5.2", "chain: each record names the link before it"),
    /** Times. */
    T23_TIME("T23", "§5.4", "time: every record later than the one before"),
    /** End of an epoch. */
    T24_LAST("T24", "§4", "epochs end: at the policy's length, and nothing follows a last record"),

    /** Opening records. */
    T30_OPENING("T30", "§4.1", "opening records: eligible members, sorted slot keys, enough confirmed"),

    /** Participants. */
    T40_PARTICIPANTS("T40", "§5.4", "participants: confirmed members only, each attached to one server"),
    /** Floor. */
    T41_FLOOR("T41", "§5.5", "anonymity floor: no round revealed below it"),
    /** Expected of the next attempt. */
    T42_EXPECTED("T42", "§5.5", "expected: the participants and confirmed members only"),
    /** Late confirmations. */
    T43_LATE("T43", "§4.1", "late confirmations: of enrolled members, each once"),
    /** Output. */
    T44_OUTPUT("T44", "§5.4", "output: as long as the layout computed anew, with the root in the record"),
    /** Counts. */
    T45_SHARES_NAMED("T45", "§5.4", "a commitment, a nonce and a share for each server"),
    /** Failed attempts. */
    T46_FAILED("T46", "§4.2", "failed attempts: one statement of each server, expected only as they allow"),
    /** What records enter. */
    T47_ENTERED("T47", "§4.2", "records and verdicts entered by a record are in the transcript"),
    /** Slot signatures. */
    T48_SLOTS("T48", "§5.1", "frames: slot signatures; garbled ones are counted, not wrong"),

    /** Shares. */
    T50_SHARES("T50", "§5.4", "shares: each is the one that the record names, together they give the output"),
    /** Commitments. */
    T51_COMMITMENTS("T51", "§5.4", "commitments: open to the shares under the history computed anew"),

    /** Proposals. */
    T60_PROPOSAL("T60", "§4.1", "proposal: by the server whose turn it is, on this roster and this link"),
    /** Announcements. */
    T61_ANNOUNCEMENTS("T61", "§4.1", "announcements: one of each server, with keys that can be used"),
    /** Enrolments. */
    T62_ENROLMENTS("T62", "§4.1", "enrolments: signed, and the union of all sets is the enrolment set"),
    /** Tags. */
    T63_TAGS("T63", "§4.1", "confirmation tags: every complaint answered as the record says"),
    /** Lists. */
    T64_LISTS("T64", "§4.3", "shuffle lists: sorted, no item twice, right lengths and counts, as signed"),
    /** Chain of hops. */
    T65_HOPS("T65", "§4.3", "shuffle chain: from the enrolments to the last list, all servers saw the same"),
    /** Confirmations. */
    T66_CONFIRMATIONS("T66", "§4.3", "confirmations: enough ok, none missing, before any inner seed"),
    /** Inner seeds. */
    T67_INNER_SEEDS("T67", "§4.3", "inner seeds: give the announced keys"),
    /** Slot keys. */
    T68_SLOT_KEYS("T68", "§4.1", "slot keys: what the last list opens to"),
    /** Opening record against the setup. */
    T69_OPENED("T69", "§4.1", "opening record: says of the setup what was computed anew");

    private final String id;
    private final String section;
    private final String title;

    Check(String id, String section, String title) {
        this.id = id;
        this.section = section;
        this.title = title;
    }

    /** Its number, such as {@code T41}. */
    public String id() {
        return id;
    }

    /** Section of docs/protocol.md that holds the rule. */
    public String section() {
        return section;
    }

    /** What is checked, in a line. */
    public String title() {
        return title;
    }

    /** The check with this number. */
    public static Optional<Check> withId(String id) {
        return Arrays.stream(values()).filter(check -> check.id.equals(id)).findFirst();
    }

    /** A finding of this check. */
    public Finding finding(String what) {
        return new Finding(this, what);
    }
}
