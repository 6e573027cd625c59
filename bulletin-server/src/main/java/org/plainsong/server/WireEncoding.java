package org.plainsong.server;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.epoch.SetupBundle;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.SetupBundleCodec;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.MessageCodec;
import org.plainsong.server.engine.Encoding;

/** The byte layouts of the wire, for the node. */
public final class WireEncoding implements Encoding {
    @Override
    public ByteString envelope(Signed<?> signed) {
        return Envelopes.encode(signed);
    }

    @Override
    public Signed<?> statement(ByteString envelope) {
        try {
            return Envelopes.decode(envelope);
        } catch (FormatException e) {
            throw new IllegalStateException("an envelope from the own disk cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public ByteString payload(Message message) {
        return MessageCodec.encode(message);
    }

    @Override
    public ByteString bundle(SetupBundle bundle) {
        return SetupBundleCodec.encode(bundle);
    }
}
