/** What an observer can tell: the floor below which nothing is revealed, the sets that a client counts on, and the possible authors of a pseudonym (protocol §5.5). */
@NullMarked
package org.plainsong.core.anonymity;

import org.jspecify.annotations.NullMarked;
