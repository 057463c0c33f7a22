/**
 * The life of one connection on its account's thread: opening, stanza stream, requests, keep-alive,
 * and what each failure means. It must not know pairing, messages, or Signal.
 */
@NullMarked
package dev.switchboard.whatsapp.session;

import org.jspecify.annotations.NullMarked;
