/** Reading an account's messages back. Knows {@code model}, and not how they are stored. */
@NullMarked
package dev.switchboard.history;

import org.jspecify.annotations.NullMarked;
