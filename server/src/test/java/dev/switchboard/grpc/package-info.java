@NullMarked
package dev.switchboard.grpc;

import org.jspecify.annotations.NullMarked;
