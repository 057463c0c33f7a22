@NullMarked
package dev.switchboard.contract;

import org.jspecify.annotations.NullMarked;
