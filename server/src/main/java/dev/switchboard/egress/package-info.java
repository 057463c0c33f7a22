/**
 * The one way out to addresses that callers name; here, how webhooks take it. Must not know when
 * anything is posted, nor how deliveries are kept.
 */
@NullMarked
package dev.switchboard.egress;

import org.jspecify.annotations.NullMarked;
