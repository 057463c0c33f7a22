/**
 * Events over gRPC: streams, pages and named consumers, and what streams of other services tell of
 * them. Knows the readers of {@code event} and what surrounds calls; knows neither the log nor
 * where events come from.
 */
@NullMarked
package dev.switchboard.grpc.event;

import org.jspecify.annotations.NullMarked;
