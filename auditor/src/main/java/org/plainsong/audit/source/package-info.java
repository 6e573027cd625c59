/** Where an auditor reads a transcript from: a directory, a server over HTTPS, or memory (protocol §8, formats "Directory"). */
@NullMarked
package org.plainsong.audit.source;

import org.jspecify.annotations.NullMarked;
