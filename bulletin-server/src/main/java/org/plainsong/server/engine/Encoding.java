package org.plainsong.server.engine;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.epoch.SetupBundle;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Signed;

/** How statements become bytes; handed in, so that the node knows no byte layout. */
public interface Encoding {
    /** The envelope of a statement as it travels and as it is published. */
    ByteString envelope(Signed<?> signed);

    /**
     * The statement in an envelope that this server has written itself.
     *
     * @throws IllegalStateException if it is none
     */
    Signed<?> statement(ByteString envelope);

    /** The payload that signing this message would sign. */
    ByteString payload(Message message);

    /** The blob that holds everything public of a setup. */
    ByteString bundle(SetupBundle bundle);
}
