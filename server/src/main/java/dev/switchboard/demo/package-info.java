/**
 * The main job shown end to end, as a client of the public contract. Knows nothing of the server.
 */
@NullMarked
package dev.switchboard.demo;

import org.jspecify.annotations.NullMarked;
