/**
 * Drives foreign WhatsApp clients, and a receiver of webhooks, as processes; it must not know
 * anything of ours.
 */
@NullMarked
package dev.switchboard.interop.peer;

import org.jspecify.annotations.NullMarked;
