/** Hand-written fakes that the tests of several packages share. Knows the core, and no edge. */
@NullMarked
package dev.switchboard.testing;

import org.jspecify.annotations.NullMarked;
