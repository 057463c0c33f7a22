package dev.switchboard.egress.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.com, true, example.com, 443, /, example.com",
    "https://example.com/, true, example.com, 443, /, example.com",
    "HTTPS://Example.COM:443/A, true, example.com, 443, /A, example.com",
    "https://example.com?a=b, true, example.com, 443, /?a=b, example.com",
    "https://example.com:8443/a/../b//c?d=[1]&e=%20+, true, example.com, 8443,"
        + " /a/../b//c?d=[1]&e=%20+, example.com:8443",
    "http://h:80/%C3%BC%2F, false, h, 80, /%C3%BC%2F, h",
    "http://h:443/, false, h, 443, /, h:443",
    "https://xn--bcher-kva.example/, true, xn--bcher-kva.example, 443, /, xn--bcher-kva.example",
    "https://1.2.3.4:8080/, true, 1.2.3.4, 8080, /, 1.2.3.4:8080",
    "https://1e100.net/, true, 1e100.net, 443, /, 1e100.net",
    "https://0x.example/, true, 0x.example, 443, /, 0x.example",
    "'https://[2001:DB8::1]:8443/x', true, 2001:db8:0:0:0:0:0:1, 8443, /x,"
        + " '[2001:db8:0:0:0:0:0:1]:8443'",
    "'https://[::ffff:127.0.0.1]/', true, 127.0.0.1, 443, /, 127.0.0.1"
  })
  void readsWhereAUrlLeadsTo(
      String url, boolean secure, String host, int port, String path, String authority) {
    Target target = Target.of(url);
    assertThat(target.secure()).isEqualTo(secure);
    assertThat(target.host().name()).isEqualTo(host);
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.path()).isEqualTo(path);
    assertThat(target.authority()).isEqualTo(authority);
  }

  /** Ways to write addresses that some read as an address and others as a name, or otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/", // decimal
        "http://017700000001/", // octal
        "http://0177.0.0.1/",
        "http://0x7f000001/", // hexadecimal
        "http://0x7f.0.0.1/",
        "http://0x7f.1/",
        "http://127.0.0.0x1/",
        "http://0x/",
        "http://127.1/", // short
        "http://127.0.1/",
        "http://0/",
        "http://1.2.3.4.5/",
        "http://127.0.0.01/",
        "http://127.0.0.001/",
        "http://127.0.0.256/",
        "http://127.0.0.1./", // trailing dots
        "http://localhost./",
        "http://localhost../",
        "http://.localhost/",
        "http://a..b/",
        "http://example.com.1/",
        "http://[::1%25eth0]/", // zones
        "http://[fe80::1%eth0]/",
        "http://[fe80::1%1]/",
        "http://[::1/",
        "http://::1/",
        "http://[127.0.0.1]/",
        "http://[::ffff:0x7f.0.0.1]/",
        "http://[::ffff:127.1]/",
        "http://[v1.a]/",
        "http://[[::1]]/",
        "http://[::1]x/",
        "http://127。0。0。1/", // IDNA's other dots and digits
        "http://127．0．0．1/",
        "http://１２７.0.0.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://ｌocalhost/",
        "http://localhoſt/", // becomes an s in small letters elsewhere
        "http://bücher.example/",
        "http://%6c%6f%63alhost/", // percent-encoded
        "http://127.0.0.%31/",
        "http://%31%32%37.0.0.1/",
        "http://good@169.254.169.254/", // userinfo
        "http://good:secret@169.254.169.254/",
        "http://good%40169.254.169.254/",
        "http://169.254.169.254@good/",
        "http://good\\@169.254.169.254/",
        "http://169.254.169.254\\@good/",
        "http://good#@169.254.169.254/",
        "http://good?@169.254.169.254:80:80\\",
        "http://good:80@169.254.169.254/",
        "http://@good/",
        "http://good:@169.254.169.254/",
        "http://good:0/",
        "http://good:65536/",
        "http://good:99999999999/",
        "http://good:080/",
        "http://good:/",
        "http://good:+80/",
        "http://good:8o/",
        "http://good:80:80/",
        "http://a_b/",
        "http://-a/",
        "http://a-/",
        "http:///path",
        "http://",
        "http:/good/",
        "http:good",
        "//good/",
        "good",
        "",
        " http://good/",
        "http://good/ ",
        "http://good /",
        "http:// good/",
        "http://go\tod/",
        "http://good/\r\nHost: bad",
        "http://good/a b",
        "http://good/%",
        "http://good/%2",
        "http://good/%zz",
        "http://good/%0d%0aHost:%20bad",
        "http://good/?%00",
        "http://good/%7f",
        "http://good/#fragment",
        "http://good/ü",
        "http://good/{x}",
        "http://good\\bad/",
        "http://good;bad/",
        "http://good,bad/",
        "ftp://good/",
        "file:///etc/passwd",
        "gopher://good:70/",
        "jar:http://good/!/",
        "unix:/var/run/docker.sock",
        "httpss://good/",
        "ws://good/"
      })
  void refusesWhatCouldBeReadInTwoWays(String url) {
    assertThatThrownBy(() -> Target.of(url))
        .asInstanceOf(InstanceOfAssertFactories.type(GatewayException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_FIELD))
        .satisfies(e -> assertThat(e.field()).contains("url"));
  }

  @Test
  void takesTwoKibibytesAndNoMore() {
    String url = "https://example.com/";
    assertThat(Target.of(url + "a".repeat(2048 - url.length())).path()).hasSize(2029);
    assertThatThrownBy(() -> Target.of(url + "a".repeat(2049 - url.length())))
        .isInstanceOf(GatewayException.class);
  }

  @Test
  void takesNamesAsLongAsDnsDoes() {
    String label = "a".repeat(63);
    String name = String.join(".", label, label, label, "a".repeat(61));
    assertThat(Target.of("https://" + name + "/").host().name()).hasSize(253);
    assertThatThrownBy(() -> Target.of("https://" + name + "a/"))
        .isInstanceOf(GatewayException.class);
    assertThatThrownBy(() -> Target.of("https://" + label + "a.example/"))
        .isInstanceOf(GatewayException.class);
  }

  @Test
  void showsNothingAfterTheHost() {
    assertThat(Target.of("https://example.com:8443/secret?token=secret"))
        .hasToString("https://example.com:8443");
  }
}
