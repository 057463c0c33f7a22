/**
 * The port of engines: what the gateway asks of one (a small {@code Connector}; capabilities that
 * it may have beside are in {@code connector.capability}) and what an engine may ask of the gateway
 * ({@code ConnectorHost}, its durable records). Knows {@code model}, and no engine.
 */
@NullMarked
package dev.switchboard.connector;

import org.jspecify.annotations.NullMarked;
