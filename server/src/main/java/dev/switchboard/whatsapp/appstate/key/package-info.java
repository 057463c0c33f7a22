/**
 * The keys of the collections: as the own phone shared them, and asking it for those that are
 * missing. It must not know collections.
 */
@NullMarked
package dev.switchboard.whatsapp.appstate.key;

import org.jspecify.annotations.NullMarked;
