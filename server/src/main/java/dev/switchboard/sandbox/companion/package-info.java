/**
 * What a phone does for the companions of its account: keys, names, history and app state. It must
 * not know connections.
 */
@NullMarked
package dev.switchboard.sandbox.companion;

import org.jspecify.annotations.NullMarked;
