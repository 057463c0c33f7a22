/**
 * Webhooks over gRPC. Knows what callers may do with webhooks and what surrounds calls; knows
 * neither how events are delivered nor where webhooks are kept.
 */
@NullMarked
package dev.switchboard.grpc.webhook;

import org.jspecify.annotations.NullMarked;
