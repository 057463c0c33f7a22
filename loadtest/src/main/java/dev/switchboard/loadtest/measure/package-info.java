/** What a process costs, read from the JVM's and the system's own tools. Knows no contract. */
@NullMarked
package dev.switchboard.loadtest.measure;

import org.jspecify.annotations.NullMarked;
