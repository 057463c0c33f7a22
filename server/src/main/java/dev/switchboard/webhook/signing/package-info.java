/**
 * How what is posted to webhooks is signed: secrets, the headers of Standard Webhooks, and which
 * headers a caller may add. Pure functions; must not know how anything is stored or posted.
 */
@NullMarked
package dev.switchboard.webhook.signing;

import org.jspecify.annotations.NullMarked;
