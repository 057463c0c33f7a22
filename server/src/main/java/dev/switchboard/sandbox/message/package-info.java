/**
 * Messages and receipts between accounts: checked, acknowledged, handed to the devices they are
 * for; it must not know connections.
 */
@NullMarked
package dev.switchboard.sandbox.message;

import org.jspecify.annotations.NullMarked;
