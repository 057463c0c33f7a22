/**
 * Holds the sandbox (and with it our wire and Signal code) against WhatsApp clients that nobody
 * here wrote; it must not know how those clients are driven.
 */
@NullMarked
package dev.switchboard.interop;

import org.jspecify.annotations.NullMarked;
