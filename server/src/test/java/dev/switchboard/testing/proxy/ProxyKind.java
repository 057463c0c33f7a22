package dev.switchboard.testing.proxy;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Proxy.Credentials;

/** The proxies that every test of them is run with. */
public enum ProxyKind {
  HTTP,
  SOCKS5;

  public TestProxy start() {
    return switch (this) {
      case HTTP -> new HttpConnectProxy();
      case SOCKS5 -> new Socks5Proxy();
    };
  }

  private Proxy.Scheme scheme() {
    return switch (this) {
      case HTTP -> Proxy.Scheme.HTTP;
      case SOCKS5 -> Proxy.Scheme.SOCKS5;
    };
  }

  /** The way through the proxy, with the right credentials. */
  public Proxy through(TestProxy proxy) {
    return through(proxy, new Credentials(TestProxy.USERNAME, TestProxy.PASSWORD));
  }

  public Proxy through(TestProxy proxy, Credentials shown) {
    return new Proxy(scheme(), "127.0.0.1", proxy.port(), shown);
  }

  public Proxy anonymously(TestProxy proxy) {
    return new Proxy(scheme(), "127.0.0.1", proxy.port(), null);
  }
}
