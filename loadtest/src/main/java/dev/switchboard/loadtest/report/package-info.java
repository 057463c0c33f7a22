/**
 * What a run found, as data, text and one self-contained page with plots. Knows no measurement and
 * fetches nothing.
 */
@NullMarked
package dev.switchboard.loadtest.report;

import org.jspecify.annotations.NullMarked;
