/**
 * The master key and what is encrypted with it. Knows neither tables nor the core but for its port
 * {@code Seal}.
 */
@NullMarked
package dev.switchboard.store.encryption;

import org.jspecify.annotations.NullMarked;
