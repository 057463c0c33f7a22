/**
 * What stands between strangers: tokens that people give each other, and locks on accounts that
 * write to too many. It must not know how messages are delivered.
 */
@NullMarked
package dev.switchboard.sandbox.privacy;

import org.jspecify.annotations.NullMarked;
