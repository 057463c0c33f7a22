/**
 * Where an instance stands: the states and their transitions, where they are stored and what is
 * told of them. It must not know who runs an account, nor when it connects.
 */
@NullMarked
package dev.switchboard.instance.state;

import org.jspecify.annotations.NullMarked;
