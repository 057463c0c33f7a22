/**
 * The collections that the devices of an account share: following them, writing to them, and what
 * the engine itself takes from them. It must not know messages to people, nor what chats look like.
 */
@NullMarked
package dev.switchboard.whatsapp.appstate;

import org.jspecify.annotations.NullMarked;
