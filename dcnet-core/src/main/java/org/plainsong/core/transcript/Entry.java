package org.plainsong.core.transcript;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * One entry of the transcript (protocol §8).
 *
 * @param index position in the transcript, from 0
 * @param kind one of {@link #GROUP}, {@link #ROSTER}, {@link #OPENING_RECORD}, {@link #RECORD}, {@link #FAILED_RECORD}, {@link #VERDICT}
 * @param envelopes one; for a failed record the M failed statements in server order
 * @param body the output of a record; the address of an opening record's setup bundle ({@link TranscriptFiles#addressOf}), empty where nobody has it; else empty
 */
public record Entry(long index, int kind, List<ByteString> envelopes, ByteString body) {
    /** Kind 1: the group definition. */
    public static final int GROUP = 1;
    /** Kind 2: a roster entry. */
    public static final int ROSTER = 2;
    /** Kind 3: an opening record; the body is the address of its setup bundle. */
    public static final int OPENING_RECORD = 3;
    /** Kind 4: a record; the body is its output. */
    public static final int RECORD = 4;
    /** Kind 5: a failed record. */
    public static final int FAILED_RECORD = 5;
    /** Kind 6: kept for verdicts. */
    public static final int VERDICT = 6;

    /** Copies the list. */
    public Entry {
        envelopes = List.copyOf(envelopes);
    }
}
