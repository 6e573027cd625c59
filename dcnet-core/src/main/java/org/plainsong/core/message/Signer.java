package org.plainsong.core.message;

/** Makes signed statements with one key; deterministic, so that a machine that holds one stays a pure function. */
public interface Signer {
    /** The key that signs. */
    PublicKey publicKey();

    /** Encodes and signs. */
    <M extends Message> Signed<M> sign(M message);
}
