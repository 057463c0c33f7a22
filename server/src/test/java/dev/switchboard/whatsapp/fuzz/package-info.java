/**
 * Makes hostile input of good input. Seeded, so that a failure can be repeated; a few inputs by
 * default, as many as {@code -Dswitchboard.fuzz.inputs} says for a long run.
 */
@NullMarked
package dev.switchboard.whatsapp.fuzz;

import org.jspecify.annotations.NullMarked;
