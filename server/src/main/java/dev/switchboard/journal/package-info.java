/**
 * What happened to outbound messages, in order, on the disk before anybody acts on it. Knows {@code
 * model} and the records of {@code connector}; knows neither who writes nor who follows, and no
 * product: {@code journal.chronicle} is one.
 */
@NullMarked
package dev.switchboard.journal;

import org.jspecify.annotations.NullMarked;
