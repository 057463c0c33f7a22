/**
 * What becomes of stanzas between the network and one client: encrypted, delayed, lost or told
 * twice where a fault asks for it; it must not know what stanzas mean beyond their families.
 */
@NullMarked
package dev.switchboard.sandbox.link;

import org.jspecify.annotations.NullMarked;
