/**
 * Encrypted media that lies outside of stanzas: asking where, fetching it by the account's route,
 * verifying and decrypting it. It must not know what is inside, nor who wants it.
 */
@NullMarked
package dev.switchboard.whatsapp.media;

import org.jspecify.annotations.NullMarked;
