package org.plainsong.server.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;
import org.plainsong.core.round.EpochContext;
import org.plainsong.core.round.StreamPads;
import org.plainsong.core.round.TraceMaterial;
import org.plainsong.core.transcript.OpenedEpoch;

/**
 * What a server has in memory of one epoch and nowhere else (protocol §4): the pads it shares with the members, and what a trace may need. After a restart there
 * are no pads, only what is public.
 */
final class EpochKeys {
    /** Bound of the ciphertexts kept for traces. */
    private static final long MAX_TRACE_BYTES = 512L << 20;

    private final long number;
    private final EpochContext epoch;
    private final StreamPads pads;
    private final Optional<Frame.Leaves> leaves;
    private final TraceMaterial trace;

    private EpochKeys(long number, EpochContext epoch, StreamPads pads, Optional<Frame.Leaves> leaves) {
        this.number = number;
        this.epoch = epoch;
        this.pads = pads;
        this.leaves = leaves;
        this.trace = new TraceMaterial(epoch.policy().blameWindowRounds(), MAX_TRACE_BYTES);
    }

    /** The keys of an epoch that has just been opened; takes over the secrets and wipes them once the pad keys are made. */
    static EpochKeys of(
            OpenedEpoch opened, SortedMap<MemberId, Secret> padSecrets, Frame.Leaves leaves, Encoding encoding) {
        EpochContext epoch = contextOf(opened, encoding);
        @Nullable PadStream[] streams = new PadStream[epoch.memberCount()];
        for (Map.Entry<MemberId, Secret> entry : padSecrets.entrySet()) {
            int index = epoch.indexOf(entry.getKey());
            if (index >= 0) {
                try (PadKey key = PadKey.of(entry.getValue())) {
                    streams[index] = key.stream();
                }
            }
            entry.getValue().wipe();
        }
        return new EpochKeys(opened.number(), epoch, new StreamPads(streams), Optional.of(leaves));
    }

    /** What is left of an epoch after a restart: nothing secret. */
    static EpochKeys lost(OpenedEpoch opened, Encoding encoding) {
        EpochContext epoch = contextOf(opened, encoding);
        return new EpochKeys(
                opened.number(), epoch, new StreamPads(new PadStream[epoch.memberCount()]), Optional.empty());
    }

    private static EpochContext contextOf(OpenedEpoch opened, Encoding encoding) {
        List<PublicKey> servers =
                opened.roster().servers().stream().map(ServerEntry::key).toList();
        PublicKey[] memberKeys = new PublicKey[opened.enrolled().size()];
        for (int i = 0; i < memberKeys.length; i++) {
            memberKeys[i] = opened.memberKey(i);
        }
        OpeningRecord record = opened.opening().message();
        return new EpochContext(
                opened.id(),
                servers,
                opened.enrolled(),
                Arrays.asList(memberKeys),
                record.run(),
                chainHash(record, encoding),
                opened.policy());
    }

    /** The chain follows from the roots that the record gives: a hop says nothing but its number and the roots on both sides. */
    private static ByteString chainHash(OpeningRecord record, Encoding encoding) {
        ByteString[] hops = new ByteString[record.roots().size() - 1];
        for (int h = 1; h <= hops.length; h++) {
            hops[h - 1] = encoding.payload(new Hop(
                    record.run(), h, record.roots().get(h - 1), record.roots().get(h)));
        }
        return Hash.labelled(Labels.CHAIN, hops);
    }

    /** Number of the epoch. */
    long number() {
        return number;
    }

    EpochContext epoch() {
        return epoch;
    }

    StreamPads pads() {
        return pads;
    }

    /** What a member needs that confirms late; nothing after a restart. */
    Optional<Frame.Leaves> leaves() {
        return leaves;
    }

    TraceMaterial trace() {
        return trace;
    }

    /** Keeps what a trace of a certified attempt needs of this server (protocol §6). */
    void keep(AttemptShare share, byte[] participants, int self) {
        SortedMap<Integer, Packet<Header>> attached = new TreeMap<>();
        share.submissions().forEach((index, packet) -> {
            if (participants[index] == self) {
                attached.put(index, packet);
            }
        });
        share.taken().ifPresent(own -> trace.keep(share.at(), share.nonce(), own, attached));
    }

    /** Erases everything secret. */
    void wipe() {
        pads.close();
        trace.forgetAll();
    }
}
