/**
 * The cryptography of app state patches, as a phone does it; it must not know the network or its
 * records.
 */
@NullMarked
package dev.switchboard.sandbox.appstate;

import org.jspecify.annotations.NullMarked;
