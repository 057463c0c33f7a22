/**
 * What surrounds every call: who calls and whether they may, the rules of the contract's fields,
 * repeated requests, pages and streams of answers, and how a refusal is told. Knows {@code access},
 * {@code contract}, {@code model} and the subscriptions of {@code instance.pairing}; not what any
 * call does.
 */
@NullMarked
package dev.switchboard.grpc.call;

import org.jspecify.annotations.NullMarked;
