/**
 * Reading events: from memory what is new, from the log what is older, each reader what it chose.
 * Nobody has a buffer of its own, so a slow reader costs nothing. Knows the log; knows neither who
 * writes nor how events are told to callers.
 */
@NullMarked
package dev.switchboard.event.reading;

import org.jspecify.annotations.NullMarked;
