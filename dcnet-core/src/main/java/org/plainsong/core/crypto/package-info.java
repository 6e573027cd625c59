/**
 * The suite {@code plainsong-1} behind small types (protocol §2): hashes and trees, key derivation, signatures, X-Wing,
 * AEAD, seals. Nothing here draws randomness of its own: whoever calls hands it in.
 */
@NullMarked
package org.plainsong.core.crypto;

import org.jspecify.annotations.NullMarked;
