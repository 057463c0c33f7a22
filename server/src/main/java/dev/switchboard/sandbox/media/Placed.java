package dev.switchboard.sandbox.media;

import com.google.protobuf.ByteString;

/**
 * Where media lies, and what is needed to read it.
 *
 * @param path of the media host, with a query: clients append to it
 * @param size of the content
 */
public record Placed(
    String path, ByteString key, ByteString hash, ByteString encryptedHash, long size) {}
