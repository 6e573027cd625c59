/** What founders and admins of a group do (protocol §3): admin keys, the definition, signatures of several, roster entries, the policy as a text file. */
@NullMarked
package org.plainsong.member.founding;

import org.jspecify.annotations.NullMarked;
