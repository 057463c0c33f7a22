/** The nouns of the domain: plain values that know the JDK and nothing else. */
@NullMarked
package dev.switchboard.model;

import org.jspecify.annotations.NullMarked;
