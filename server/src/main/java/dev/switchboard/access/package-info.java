/** Who may do what: tenants, API keys and roles. Knows {@code model}, and no transport. */
@NullMarked
package dev.switchboard.access;

import org.jspecify.annotations.NullMarked;
