/**
 * A party broke the protocol: who, which rule, and the signed bytes that prove it to a third party (protocol §4.2, §4.3, §6). Findings are values here, never
 * exceptions.
 */
@NullMarked
package org.plainsong.core.verdict;

import org.jspecify.annotations.NullMarked;
