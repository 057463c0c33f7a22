/**
 * Drives WhatsApp clients that nobody here wrote, so that they judge the sandbox and the engine; it
 * knows them only as processes and must not know how either side of ours works inside.
 */
@NullMarked
package dev.switchboard.interop;

import org.jspecify.annotations.NullMarked;
