@NullMarked
package dev.switchboard.grpc.call;

import org.jspecify.annotations.NullMarked;
