/** The desktop application over member-client. */
@NullMarked
package org.plainsong.desktop;

import org.jspecify.annotations.NullMarked;
