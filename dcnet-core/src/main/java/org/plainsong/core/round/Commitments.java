package org.plainsong.core.round;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** What servers commit to and whether they show it (protocol §5.4 steps 3–4). */
public final class Commitments {
    /** Random bytes that hide a short share. */
    public static final int NONCE_SIZE = 32;

    private Commitments() {}

    /** Whether all commitments held name this {@code A}. */
    static boolean allName(Heard heard, ByteString clear) {
        return heard.commitments().stream()
                .allMatch(commitment -> commitment.message().clear().equals(clear));
    }

    /** Whether this share has the layout's size and opens the commitment; the body is known to be what the reveal names. */
    public static boolean opens(AttemptContext attempt, Commitment commitment, Reveal reveal, ByteString share) {
        return share.size() == attempt.layout().totalBytes()
                && RoundHashes.commitment(attempt.at(), commitment.server(), commitment.clear(), reveal.nonce(), share)
                        .equals(commitment.commitment());
    }

    /** How a server's reveal is to be taken once all commitments are held. */
    static Answer check(AttemptContext attempt, Heard heard, Packet<Reveal> reveal) {
        int server = reveal.statement().message().server();
        Optional<Packet<?>> committed = heard.get(Heard.Kind.COMMITMENT, server);
        if (committed.isEmpty()) {
            throw new IllegalStateException("the reveal of server " + server + " is checked without its commitment");
        }
        Commitment commitment = (Commitment) committed.get().statement().message();
        if (!opens(attempt, commitment, reveal.statement().message(), reveal.body())) {
            return new Answer.Wrong(Violation.of(
                    reveal.statement().signer(),
                    Rule.WRONG_REVEAL,
                    new Evidence(List.of(reveal.statement(), committed.get().statement()), List.of(reveal.body()))));
        }
        boolean sameCommitments =
                reveal.statement().message().commitments().equals(RoundHashes.commitments(heard.commitments()));
        return sameCommitments ? new Answer.Good() : new Answer.UnderOtherCommitments();
    }

    /** What a reveal is worth. */
    sealed interface Answer {
        /** It opens the commitment. */
        record Good() implements Answer {}

        /** It convicts its signer. */
        record Wrong(Violation violation) implements Answer {}

        /** By itself it convicts nobody: some server showed two commitments, or this one lies about them. */
        record UnderOtherCommitments() implements Answer {}
    }
}
