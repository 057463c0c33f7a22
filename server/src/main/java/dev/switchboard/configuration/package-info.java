/**
 * What an operator may set: read, checked and handed over as records. Knows nothing else of ours.
 */
@NullMarked
package dev.switchboard.configuration;

import org.jspecify.annotations.NullMarked;
