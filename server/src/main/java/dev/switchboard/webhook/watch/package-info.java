/**
 * What may be seen of all webhooks together, for those who measure. Knows what an attempt is; knows
 * no webhook by name, and not how anything is shown.
 */
@NullMarked
package dev.switchboard.webhook.watch;

import org.jspecify.annotations.NullMarked;
