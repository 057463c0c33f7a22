/**
 * The cryptography WhatsApp's wire is made of, over raw byte arrays; it must know nothing but the
 * JDK and the curve library, which no other package imports.
 */
@NullMarked
package dev.switchboard.whatsapp.crypto;

import org.jspecify.annotations.NullMarked;
