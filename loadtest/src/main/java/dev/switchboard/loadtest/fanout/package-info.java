/**
 * So many readers are told what happens: how late, and in which order, beside a bare stream of the
 * same bytes. Knows the programs under test and their contract only.
 */
@NullMarked
package dev.switchboard.loadtest.fanout;

import org.jspecify.annotations.NullMarked;
