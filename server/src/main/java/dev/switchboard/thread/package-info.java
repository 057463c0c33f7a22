/**
 * How the threads of the gateway's parts come to their end. Knows nothing of ours, and nothing of
 * what they do.
 */
@NullMarked
package dev.switchboard.thread;

import org.jspecify.annotations.NullMarked;
