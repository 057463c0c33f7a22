/**
 * The run that tells what an idle account costs. Knows the parts it measures with and no other run.
 */
@NullMarked
package dev.switchboard.loadtest.idle;

import org.jspecify.annotations.NullMarked;
