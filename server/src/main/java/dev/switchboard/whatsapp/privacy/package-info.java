/**
 * What the network asks for before strangers may be written to: tokens that people give each other,
 * and the lock that it puts on accounts that write to too many. It must not know messages.
 */
@NullMarked
package dev.switchboard.whatsapp.privacy;

import org.jspecify.annotations.NullMarked;
