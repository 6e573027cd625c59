/** The transcript: entries, the chain they form, and the checks that anybody can make of it with public keys alone (protocol §8). */
@NullMarked
package org.plainsong.core.transcript;

import org.jspecify.annotations.NullMarked;
