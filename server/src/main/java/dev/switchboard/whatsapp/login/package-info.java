/**
 * From the server's success to a device that peers can write to: own names, prekeys, and the word
 * that messages may flow. It must not know messages.
 */
@NullMarked
package dev.switchboard.whatsapp.login;

import org.jspecify.annotations.NullMarked;
