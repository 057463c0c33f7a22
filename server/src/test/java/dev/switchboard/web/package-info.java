@NullMarked
package dev.switchboard.web;

import org.jspecify.annotations.NullMarked;
