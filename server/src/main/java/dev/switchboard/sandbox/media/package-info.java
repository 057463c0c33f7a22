/**
 * The media host: encrypted media under paths, as the network's phones and servers put it there and
 * clients fetch it. It must not know stanzas, nor what is inside.
 */
@NullMarked
package dev.switchboard.sandbox.media;

import org.jspecify.annotations.NullMarked;
