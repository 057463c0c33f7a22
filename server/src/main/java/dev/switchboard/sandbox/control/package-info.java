/**
 * The control service of the sandbox over gRPC. Knows the network and its people; must not be
 * needed by them.
 */
@NullMarked
package dev.switchboard.sandbox.control;

import org.jspecify.annotations.NullMarked;
