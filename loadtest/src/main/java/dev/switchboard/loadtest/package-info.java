/** Load tests by name. Knows the runs, the public contract and nothing of the server. */
@NullMarked
package dev.switchboard.loadtest;

import org.jspecify.annotations.NullMarked;
