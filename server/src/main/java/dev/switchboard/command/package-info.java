/**
 * The command line: what an operator types and reads. Knows the composition root and nothing below.
 */
@NullMarked
package dev.switchboard.command;

import org.jspecify.annotations.NullMarked;
