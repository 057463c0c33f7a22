/** Small real proxies, and a door that sees who comes through none. */
@NullMarked
package dev.switchboard.testing.proxy;

import org.jspecify.annotations.NullMarked;
