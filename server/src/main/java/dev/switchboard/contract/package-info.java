/**
 * Translates between the model and the public contract (protobuf), one class per noun. Knows {@code
 * model} and the generated contract; no core part, no transport.
 */
@NullMarked
package dev.switchboard.contract;

import org.jspecify.annotations.NullMarked;
