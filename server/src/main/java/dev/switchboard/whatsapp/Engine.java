package dev.switchboard.whatsapp;

import dev.switchboard.whatsapp.media.MediaClient;
import dev.switchboard.whatsapp.socket.SocketDialer;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What all connections of a network share. */
record Engine(
    WhatsAppConfig config,
    SocketDialer dialer,
    MediaClient media,
    InstantSource clock,
    SecureRandom random) {}
