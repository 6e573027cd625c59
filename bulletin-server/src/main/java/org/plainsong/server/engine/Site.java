package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.round.ParallelWork;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.verdict.Violation;

/** What the parts of one node share: who it is, the chain it holds, who is there, and the desk where effects are put down. */
final class Site {
    final NodeIdentity identity;
    final Desk desk = new Desk();
    final Attendance attendance = new Attendance();
    final Randomness randomness;
    final Encoding encoding;
    final Entries entries;
    final ParallelWork work;
    final Peers peers;
    final RosterDesk roster;
    final GivenUp givenUp = new GivenUp();
    private final List<PublicKey> uninformed = new ArrayList<>();
    private Chain chain;

    Site(
            NodeIdentity identity,
            Chain chain,
            RosterDesk roster,
            Randomness randomness,
            ParallelWork work,
            Encoding encoding) {
        this.identity = identity;
        this.chain = chain;
        this.roster = roster;
        this.randomness = randomness;
        this.work = work;
        this.encoding = encoding;
        this.entries = new Entries(encoding);
        this.peers = new Peers(identity.signer().publicKey(), chain.roster().servers());
    }

    Chain chain() {
        return chain;
    }

    void chain(Chain next) {
        chain = next;
        roster.inForce(next.roster());
        peers.servers(next.roster().servers());
    }

    /** Somebody has broken the protocol, with proof: into the log, without a member's name. */
    void found(Violation violation) {
        desk.warn("protocol broken: " + violation.rule());
    }

    /** This peer does not know where this server stands and shall be told. */
    void uninformed(PublicKey peer) {
        uninformed.add(peer);
    }

    /** Those that are to be told, once. */
    List<PublicKey> takeUninformed() {
        List<PublicKey> peersToTell = List.copyOf(uninformed);
        uninformed.clear();
        return peersToTell;
    }
}
