/**
 * The gRPC surface: one class per service, and the server on its own port. Knows the core, {@code
 * contract} and {@code model}; no other edge, no storage and no engine.
 */
@NullMarked
package dev.switchboard.grpc;

import org.jspecify.annotations.NullMarked;
