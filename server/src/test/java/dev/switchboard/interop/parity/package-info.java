/**
 * Wire parity: what Switchboard says to the network, operation by operation, beside what a client
 * says that nobody here wrote. Knows the product, the foreign clients and the sandbox's log.
 */
@NullMarked
package dev.switchboard.interop.parity;

import org.jspecify.annotations.NullMarked;
