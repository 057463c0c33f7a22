/**
 * What the calls that send have in common: what they ask for, how long they wait and what they are
 * told. Knows {@code outbox}, {@code contract} and {@code model}.
 */
@NullMarked
package dev.switchboard.grpc.sending;

import org.jspecify.annotations.NullMarked;
