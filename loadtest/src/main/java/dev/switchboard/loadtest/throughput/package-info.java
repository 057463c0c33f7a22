/**
 * Messages from accept to the network's acknowledgement, and what processors work for them, beside
 * a minimal sender on another engine. Knows the programs under test and their contract only.
 */
@NullMarked
package dev.switchboard.loadtest.throughput;

import org.jspecify.annotations.NullMarked;
