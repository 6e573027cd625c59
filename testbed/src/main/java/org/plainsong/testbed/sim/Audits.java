package org.plainsong.testbed.sim;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Entry;

/** The auditor's word on what every server has written. */
final class Audits {
    private Audits() {}

    static Optional<String> of(Surroundings around, List<SimServer> servers) {
        for (SimServer server : servers) {
            Chain chain = Chain.start();
            for (Entry entry : server.disk().entries()) {
                switch (chain.apply(entry, around.check())) {
                    case Applied.Extended extended -> chain = extended.chain();
                    case Applied.Rejected rejected -> {
                        return Optional.of("audit of " + server.name() + ": "
                                + rejected.finding().line());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
