/**
 * Long seeded runs of the whole product against the sandbox, in which everything goes wrong that
 * can, and after which the books must balance. Knows the public API, the sandbox's control service
 * and the composition root only.
 */
@NullMarked
package dev.switchboard.randomised;

import org.jspecify.annotations.NullMarked;
