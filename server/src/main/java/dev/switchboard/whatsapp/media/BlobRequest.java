package dev.switchboard.whatsapp.media;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The request for media, as independent clients write it (read in public sources). */
final class BlobRequest {
  private BlobRequest() {}

  static FullHttpRequest of(MediaHosts.Host host, MediaReference reference, String origin) {
    var request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target(reference));
    request
        .headers()
        .set(HttpHeaderNames.HOST, host.authority())
        .set(HttpHeaderNames.ORIGIN, origin)
        .set(HttpHeaderNames.REFERER, origin + "/")
        .set(HttpHeaderNames.ACCEPT, "*/*")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return request;
  }

  /** The path carries a signed query already, to which the rest is added. */
  private static String target(MediaReference reference) {
    String hash = Base64.getUrlEncoder().encodeToString(reference.encryptedHash().toByteArray());
    return reference.path()
        + (reference.path().contains("?") ? "&" : "?")
        + "hash="
        + URLEncoder.encode(hash, StandardCharsets.US_ASCII)
        + "&mms-type="
        + reference.kind().wireName()
        + "&__wa-mms=";
  }
}
