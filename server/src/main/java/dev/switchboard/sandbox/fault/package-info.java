/** What a test wants to go wrong; nothing does unless asked. It must not know how it is done. */
@NullMarked
package dev.switchboard.sandbox.fault;

import org.jspecify.annotations.NullMarked;
