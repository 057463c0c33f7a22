/** The nouns every part shares: ids, peers, refusals. Knows the JDK and JSpecify, nothing else. */
@NullMarked
package dev.switchboard.model;

import org.jspecify.annotations.NullMarked;
