/** Results as data, as a table and as one line. Knows no measurement. */
@NullMarked
package dev.switchboard.loadtest.result;

import org.jspecify.annotations.NullMarked;
