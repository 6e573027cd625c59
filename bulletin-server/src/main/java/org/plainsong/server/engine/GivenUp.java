package org.plainsong.server.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Packet;

/**
 * The setups that this server has given up, with its word on each (protocol §4.2). Another server may have signed the opening record meanwhile: it waits until
 * it is shown this, however late, and after a restart too.
 */
final class GivenUp {
    private static final int KEPT = 64;

    private final Map<EpochId, Packet<Failed>> words = new LinkedHashMap<>();

    /** What an earlier process wrote to disk. */
    void restore(Map<String, ByteString> stored, Encoding encoding) {
        stored.forEach((key, envelope) -> {
            if (StoredKeys.isOfSetup(key)) {
                said(Packet.of(encoding.statement(envelope)));
            }
        });
    }

    /** This server says so, if this is such a word. */
    void said(Packet<?> packet) {
        if (packet.statement().message() instanceof Failed failed && failed.at().round() == 0) {
            words.put(failed.at().epoch(), Packet.of(EpochCycle.cast(packet.statement(), Failed.class)));
            if (words.size() > KEPT) {
                words.remove(words.keySet().iterator().next());
            }
        }
    }

    /** Its word on this setup. */
    Optional<Packet<Failed>> on(EpochId epoch) {
        return Optional.ofNullable(words.get(epoch));
    }
}
