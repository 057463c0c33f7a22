/** What can happen that callers are told of. Knows the rest of the model and nothing else. */
@NullMarked
package dev.switchboard.model.event;

import org.jspecify.annotations.NullMarked;
