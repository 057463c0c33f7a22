/**
 * The whole product as its users meet it: a server process, the public API, foreign clients on the
 * other side. Knows the contract and the command line only.
 */
@NullMarked
package dev.switchboard.endtoend;

import org.jspecify.annotations.NullMarked;
