/**
 * What people write to each other (protocol §7): posts, sealed private replies, their ids; how a content is cut into the
 * fragments that frames carry and joined again; reply keys; names and colours of slots. Text is plain here.
 *
 * <p>Whatever comes out of a slot was written by an anonymous stranger: every parser is strict, names the field, and every
 * joiner has a limit for each slot.
 */
@NullMarked
package org.plainsong.core.board;

import org.jspecify.annotations.NullMarked;
