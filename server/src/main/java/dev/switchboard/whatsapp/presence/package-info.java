/**
 * What is seen of others: whether they are online, and what they do in their chats. It must not
 * know messages.
 */
@NullMarked
package dev.switchboard.whatsapp.presence;

import org.jspecify.annotations.NullMarked;
