/**
 * The accountable shuffle (protocol §4.3): fixed-size payloads in, the same payloads out in an order that no one can link, or a named culprit. Used by the
 * setup of an epoch for slot keys and by accusation runs; what differs between the two stands in {@code ShuffleRun}. Pure functions, no state of their own.
 *
 * <p>Onion: {@code Onion}. Hop and declaration: {@code HopWork}, {@code ListCheck}. Opening: {@code CoreWork}. Complaint and trace: {@code Trace}.
 */
@NullMarked
package org.plainsong.core.shuffle;

import org.jspecify.annotations.NullMarked;
