package dev.switchboard.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Tells browsers to do nothing with our answers but what they are for. */
final class ResponseHeaders implements DecoratingHttpServiceFunction {
  /** The docs page is an application of its own: scripts and styles from here and nowhere else. */
  private static final String DOCS_POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
          + " font-src 'self' data:; worker-src 'self' blob:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private final boolean encrypted;

  ResponseHeaders(boolean encrypted) {
    this.encrypted = encrypted;
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    boolean docs = context.path().startsWith(WebServer.DOCS);
    context.setAdditionalResponseHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    context.setAdditionalResponseHeader(HttpHeaderNames.X_FRAME_OPTIONS, "DENY");
    context.setAdditionalResponseHeader(HttpHeaderNames.REFERRER_POLICY, "no-referrer");
    context.setAdditionalResponseHeader(
        HttpHeaderNames.CONTENT_SECURITY_POLICY, docs ? DOCS_POLICY : API_POLICY);
    if (!docs) {
      context.setAdditionalResponseHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
    if (encrypted) {
      context.setAdditionalResponseHeader(
          HttpHeaderNames.STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    return delegate.serve(context, request);
  }
}
