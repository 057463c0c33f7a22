/**
 * What an engine may be able to do beside connecting and sending: an interface each, that its
 * connectors implement or do not. Knows {@code model}, and no engine.
 */
@NullMarked
package dev.switchboard.connector.capability;

import org.jspecify.annotations.NullMarked;
