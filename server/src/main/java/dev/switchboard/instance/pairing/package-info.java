/**
 * What those are told who wait for a phone to link an instance: codes and the end of it. Shown for
 * moments and worthless afterwards, it is no event and is kept nowhere. Knows {@code model}; knows
 * neither the engine nor the surface it is told over.
 */
@NullMarked
package dev.switchboard.instance.pairing;

import org.jspecify.annotations.NullMarked;
