/** What every run has: its options, its progress and its way to fail. Knows no run. */
@NullMarked
package dev.switchboard.loadtest.run;

import org.jspecify.annotations.NullMarked;
