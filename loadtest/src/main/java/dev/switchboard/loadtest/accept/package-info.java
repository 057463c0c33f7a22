/**
 * How fast messages are accepted, beside the least that a call and a group commit can cost: an
 * echo, and the journal alone.
 */
@NullMarked
package dev.switchboard.loadtest.accept;

import org.jspecify.annotations.NullMarked;
