/** Instances and their states. Knows {@code model}, nothing else. */
@NullMarked
package dev.switchboard.model.instance;

import org.jspecify.annotations.NullMarked;
