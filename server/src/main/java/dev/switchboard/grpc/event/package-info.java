/**
 * Events over gRPC: streams, pages and named consumers. Knows the readers of {@code event} and what
 * surrounds calls; knows neither the log nor where events come from.
 */
@NullMarked
package dev.switchboard.grpc.event;

import org.jspecify.annotations.NullMarked;
