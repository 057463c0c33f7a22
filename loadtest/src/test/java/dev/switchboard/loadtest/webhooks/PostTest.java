package dev.switchboard.loadtest.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostTest {
  /** The secret and the signature of the example of Standard Webhooks. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void knowsASignatureAmongOthersAndMissesWhatWasChanged() {
    assertThat(post(SIGNATURE, BODY).signed(SECRET)).isTrue();
    assertThat(post("v1,AAAA " + SIGNATURE, BODY).signed(SECRET)).isTrue();
    assertThat(post(SIGNATURE, BODY + " ").signed(SECRET)).isFalse();
    assertThat(post("v2" + SIGNATURE.substring(2), BODY).signed(SECRET)).isFalse();
    assertThat(post("", BODY).signed(SECRET)).isFalse();
  }

  @Test
  void readsOneRequestAfterTheOther() throws IOException {
    String body =
        "{\"eventId\":\"e1\",\"sequence\":\"12\",\"messageReceived\":{\"message\":"
            + "{\"text\":{\"text\":\"chat 3\"}}}}";
    String request =
        "POST /events HTTP/1.1\r\nWebhook-Id: e1\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    var in = new ByteArrayInputStream((request + request).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 2; i++) {
      Post post = Post.read(in).orElseThrow();
      assertThat(post.target()).isEqualTo("/events");
      assertThat(post.header("webhook-id")).isEqualTo("e1");
      assertThat(post.sequence()).isEqualTo(12);
      assertThat(post.chat()).isEqualTo(3);
    }
    assertThat(Post.read(in)).isEqualTo(Optional.empty());
  }

  private static Post post(String signature, String body) {
    return new Post(
        "/",
        Map.of(
            "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp", "1614265330",
            "webhook-signature", signature),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
