/**
 * The HTTP surface: grpc-web and JSON over the services of {@code grpc}, the docs page, health and
 * metrics. The only importer of Armeria; knows {@code grpc}, and nothing of the core.
 */
@NullMarked
package dev.switchboard.web;

import org.jspecify.annotations.NullMarked;
