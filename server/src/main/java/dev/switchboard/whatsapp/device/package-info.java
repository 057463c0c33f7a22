/**
 * The devices of people: asking the server for them, and starting Signal sessions with them. It
 * must not know messages.
 */
@NullMarked
package dev.switchboard.whatsapp.device;

import org.jspecify.annotations.NullMarked;
