/**
 * The WhatsApp Web engine: one connection of one account, assembled and run, behind the gateway's
 * port of engines. It must not know the gateway's core.
 */
@NullMarked
package dev.switchboard.whatsapp;

import org.jspecify.annotations.NullMarked;
