package org.plainsong.testbed.sim;

import java.util.Optional;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.transcript.EpochView;

/** Protocol §9.5: a client builds on nothing but links that have the signatures of all servers. */
final class CompleteRecordsOnly implements Invariant {
    private final ReferenceChain chain;

    CompleteRecordsOnly(ReferenceChain chain) {
        this.chain = chain;
    }

    @Override
    public void observe(Observation what) {
        if (what instanceof Observation.Said(String party, Frame frame)
                && frame instanceof Frame.Statement(var packet)
                && party.startsWith("m")) {
            switch (packet.statement().message()) {
                case Header header -> {
                    Optional<EpochView> view = link(party, header.prev());
                    if (!view.map(EpochView::next).equals(Optional.of(header.at()))) {
                        throw new InvariantBroken(
                                "protocol 9.5", party + " submits for " + header.at() + " after a link before another");
                    }
                }
                case Hello hello -> link(party, hello.prev());
                default -> {}
            }
        }
    }

    private Optional<EpochView> link(String party, RecordHash link) {
        Optional<EpochView> view = chain.after(link);
        if (view.isEmpty()) {
            throw new InvariantBroken("protocol 9.5", party + " acts on a link that was never complete");
        }
        return view;
    }
}
