package org.plainsong.core.message;

/** Everything that travels signed. Its type string stands in the envelope (protocol §2). */
public sealed interface Message {
    /** Type string of the envelope: ASCII, at most 32 bytes, one for each message. */
    String type();

    /** A statement that belongs to the making of an epoch (protocol §4). */
    sealed interface OfSetup extends Message
            permits Proposal,
                    Announcement,
                    Enrolment,
                    EnrolmentSet,
                    EnrolmentCheck,
                    TagOpening,
                    TagOpeningSet,
                    OpeningRecord {}

    /** A statement that belongs to one run of the accountable shuffle (protocol §4.3). */
    sealed interface OfShuffle extends Message
            permits Submission,
                    Hop,
                    Declaration,
                    ChainCheck,
                    Confirmation,
                    ConfirmationSet,
                    InnerSeed,
                    Stopped,
                    Link,
                    Opening,
                    OpeningSet,
                    LostSeed {
        /** The run it belongs to. */
        RunId run();
    }

    /** A statement that belongs to one attempt of one round (protocol §5). */
    sealed interface OfAttempt extends Message permits Header, Inventory, Commitment, Reveal, Record, Failed {
        /** The attempt it belongs to. */
        AttemptId at();
    }

    /** A statement about the group itself or a connection (protocol §3). */
    sealed interface OfGroup extends Message
            permits GroupDefinition, RosterEntry, ServerCard, Hello, Attach, PeerHello {}
}
