/**
 * The hand-over from other threads to a session's own: a bounded mailbox and, on top of it, nodes
 * over the encrypted stream. It must not know what any node means.
 */
@NullMarked
package dev.switchboard.whatsapp.link;

import org.jspecify.annotations.NullMarked;
