/**
 * The least that a server of this kind can do: answers SendMessage at once and keeps nothing. What
 * the real one is compared with.
 */
@NullMarked
package dev.switchboard.loadtest.echo;

import org.jspecify.annotations.NullMarked;
