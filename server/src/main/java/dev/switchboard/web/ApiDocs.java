package dev.switchboard.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.server.docs.DocService;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.CreateWebhookRequest;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.api.v1.Webhook;
import dev.switchboard.api.v1.WebhookServiceGrpc;

/**
 * The docs page: the contract with its comments, and a form that calls it. The page holds no key;
 * whoever tries a call there types one.
 */
final class ApiDocs {
  private ApiDocs() {}

  static DocService service() {
    return DocService.builder()
        .webAppTitle("Switchboard API")
        .exampleHeaders(HttpHeaders.of(HttpHeaderNames.AUTHORIZATION, "Bearer sbk_YOUR_KEY"))
        .exampleRequests(
            InstanceServiceGrpc.SERVICE_NAME,
            "CreateInstance",
            CreateInstanceRequest.newBuilder()
                .setInstanceId("desk")
                .setNetwork(Network.NETWORK_SANDBOX)
                .setDisplayName("Front desk")
                .build())
        .exampleRequests(
            MessagingServiceGrpc.SERVICE_NAME,
            "SendMessage",
            SendMessageRequest.newBuilder()
                .setInstanceId("desk")
                .setTo(Peer.newBuilder().setPhoneNumber("+15550001000"))
                .setText(TextContent.newBuilder().setText("Hello"))
                .build())
        .exampleRequests(
            WebhookServiceGrpc.SERVICE_NAME,
            "CreateWebhook",
            CreateWebhookRequest.newBuilder()
                .setWebhook(
                    Webhook.newBuilder()
                        .setWebhookId("orders")
                        .setUrl("https://shop.example/whatsapp")
                        .addKinds(EventKind.EVENT_KIND_MESSAGE_RECEIVED))
                .build())
        .build();
  }
}
