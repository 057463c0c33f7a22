/**
 * Where requests may go: rules over URLs and addresses, and names that are looked up once. Must not
 * know how anything is sent.
 */
@NullMarked
package dev.switchboard.egress.guard;

import org.jspecify.annotations.NullMarked;
