/**
 * Places among the events as callers hold them. Knows the model; knows neither the log nor what
 * events say.
 */
@NullMarked
package dev.switchboard.event.cursor;

import org.jspecify.annotations.NullMarked;
