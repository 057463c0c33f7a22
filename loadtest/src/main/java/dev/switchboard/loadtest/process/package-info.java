/**
 * The programs under test, each in its own process: started, watched and always ended. Knows no
 * contract.
 */
@NullMarked
package dev.switchboard.loadtest.process;

import org.jspecify.annotations.NullMarked;
