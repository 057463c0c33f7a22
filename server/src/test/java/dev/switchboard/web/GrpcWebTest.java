package dev.switchboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.GetInstanceResponse;
import dev.switchboard.api.v1.StreamMessagesResponse;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls as a browser makes them: frames in the body of a plain HTTP request. */
class GrpcWebTest extends WebTest {
  private static final String GET = "/switchboard.v1.InstanceService/GetInstance";
  private static final int TRAILERS = 0x80;

  @BeforeEach
  void create() throws Exception {
    post("/v1/instances", "{\"instance_id\": \"desk\", \"network\": \"NETWORK_SANDBOX\"}");
  }

  @Test
  void answersInBinary() throws Exception {
    var answer = call(GET, "application/grpc-web+proto", frame(message("desk")));
    assertThat(answer.statusCode()).isEqualTo(200);
    try (var body = new DataInputStream(answer.body())) {
      var instance = GetInstanceResponse.parseFrom(read(body, 0)).getInstance();
      assertThat(instance.getInstanceId()).isEqualTo("desk");
      assertThat(new String(read(body, TRAILERS), StandardCharsets.US_ASCII).replace(" ", ""))
          .contains("grpc-status:0");
    }
  }

  @Test
  void answersInText() throws Exception {
    byte[] text = Base64.getEncoder().encode(frame(message("desk")));
    var answer = call(GET, "application/grpc-web-text+proto", text);
    String body = new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII);
    // Frames are encoded one by one, each with its own padding.
    ByteBuffer decoded = ByteBuffer.wrap(decode(body));
    assertThat(decoded.get()).isZero();
    byte[] message = new byte[decoded.getInt()];
    decoded.get(message);
    assertThat(GetInstanceResponse.parseFrom(message).getInstance().getInstanceId())
        .isEqualTo("desk");
  }

  @Test
  void tellsTheReasonInTheTrailers() throws Exception {
    var answer = call(GET, "application/grpc-web+proto", frame(message("absent")));
    String told =
        answer.headers().map()
            + new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(told).containsPattern("grpc-status[^0-9]*5").contains("grpc-status-details-bin");
  }

  @Test
  void streams() throws Exception {
    var answer =
        call(
            "/switchboard.v1.MessagingService/StreamMessages",
            "application/grpc-web+proto",
            frame(new byte[0]));
    try (var body = new DataInputStream(answer.body())) {
      assertThat(StreamMessagesResponse.parseFrom(read(body, 0)).hasSubscribed()).isTrue();
    }
  }

  private HttpResponse<InputStream> call(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    var request =
        keyed(request(path))
            .header("content-type", type)
            .header("accept", type)
            .header("x-grpc-web", "1")
            .POST(BodyPublishers.ofByteArray(body));
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static byte[] message(String id) {
    return GetInstanceRequest.newBuilder().setInstanceId(id).build().toByteArray();
  }

  private static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static byte[] read(DataInputStream body, int kind) throws IOException {
    assertThat(body.readUnsignedByte()).isEqualTo(kind);
    return body.readNBytes(body.readInt());
  }

  private static byte[] decode(String body) {
    int end = body.indexOf('=');
    String first = end < 0 ? body : body.substring(0, (end + 4) / 4 * 4);
    return Base64.getDecoder().decode(first);
  }
}
