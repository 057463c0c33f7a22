package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest;
import dev.switchboard.access.Role;
import dev.switchboard.api.v1.CreateWebhookRequest;
import dev.switchboard.api.v1.CreateWebhookResponse;
import dev.switchboard.api.v1.DeleteWebhookRequest;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.GetWebhookRequest;
import dev.switchboard.api.v1.ListWebhooksRequest;
import dev.switchboard.api.v1.RotateWebhookSecretRequest;
import dev.switchboard.api.v1.TestWebhookRequest;
import dev.switchboard.api.v1.UpdateWebhookRequest;
import dev.switchboard.api.v1.Webhook;
import dev.switchboard.api.v1.WebhookDisabledCause;
import dev.switchboard.api.v1.WebhookHeader;
import dev.switchboard.api.v1.WebhookServiceGrpc.WebhookServiceBlockingV2Stub;
import dev.switchboard.api.v1.WebhookState;
import dev.switchboard.contract.Times;
import dev.switchboard.grpc.call.MethodRoles;
import dev.switchboard.model.TenantId;
import dev.switchboard.webhook.WebhookKey;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks and their secrets as callers see them, over real gRPC. */
@Timeout(60)
class WebhooksTest {
  private static final String URL = "https://shop.example/events?token=1";
  private static final WebhookKey ORDERS = new WebhookKey(TenantId.DEFAULT, "orders");
  private static final String INVALID = "INVALID_ARGUMENT INVALID_FIELD";

  @TempDir static Path folder;
  private static WebhookBoard board;
  private static WebhookServiceBlockingV2Stub client;

  @BeforeAll
  static void open() throws InterruptedException {
    board = new WebhookBoard(folder);
    client = board.client(TenantId.DEFAULT, Role.ADMINISTRATOR);
  }

  @AfterAll
  static void close() {
    board.close();
  }

  @AfterEach
  void forget() {
    for (TenantId tenant : List.of(TenantId.DEFAULT, WebhookBoard.OTHER)) {
      board.webhooks.list(tenant, "", 100).forEach(webhook -> board.webhooks.delete(webhook.key()));
    }
  }

  @Test
  void everyMethodHasARole() {
    for (var service : board.services().definitions()) {
      for (MethodDescriptor<?, ?> method : service.getServiceDescriptor().getMethods()) {
        assertThat(MethodRoles.needed(method)).as(method.getFullMethodName()).isPresent();
      }
    }
  }

  @Test
  void showsASecretOnceAndNoValueOfAHeader() throws Exception {
    Webhook asked =
        Webhook.newBuilder()
            .setWebhookId("orders")
            .setDisplayName("Orders")
            .setUrl(URL)
            .addInstanceIds("shop")
            .addKinds(EventKind.EVENT_KIND_MESSAGE_RECEIVED)
            .addHeaders(header("x-token", "very secret"))
            .build();
    CreateWebhookResponse created = create(asked);
    assertThat(created.getSecret()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(created.getWebhook().getState()).isEqualTo(WebhookState.WEBHOOK_STATE_ENABLED);
    assertThat(created.getWebhook().hasCreateTime()).isTrue();

    Webhook found = get("orders");
    assertThat(found).isEqualTo(created.getWebhook());
    assertThat(found.getHeadersList()).containsExactly(header("x-token", ""));
    assertThat(found.getInstanceIdsList()).containsExactly("shop");
    assertThat(found.getKindsList()).containsExactly(EventKind.EVENT_KIND_MESSAGE_RECEIVED);
    String all = client.listWebhooks(ListWebhooksRequest.getDefaultInstance()) + " " + found;
    assertThat(all).doesNotContain("whsec_", "very secret").contains("Orders", URL);
    assertThat(board.webhooks.settings(ORDERS).headers()).containsEntry("x-token", "very secret");
  }

  @Test
  void aRepeatGetsTheFirstSecretAgain() throws Exception {
    CreateWebhookRequest request =
        CreateWebhookRequest.newBuilder()
            .setWebhook(Webhook.newBuilder().setUrl(URL))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    CreateWebhookResponse first = client.createWebhook(request);
    assertThat(client.createWebhook(request)).isEqualTo(first);
    assertThat(board.webhooks.list(TenantId.DEFAULT, "", 9)).hasSize(1);
    CreateWebhookRequest.Builder other = request.toBuilder();
    other.getWebhookBuilder().setDisplayName("another");
    assertThat(reason(() -> client.createWebhook(other.build())))
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  @Test
  void refusesAnIdThatIsTakenAndMoreThanThereMayBe() throws Exception {
    create("orders");
    assertThat(reason(() -> create("orders"))).isEqualTo("ALREADY_EXISTS WEBHOOK_EXISTS");
    for (int i = 1; i < ScriptedWebhooks.LIMIT; i++) {
      create("more" + i);
    }
    assertThat(reason(() -> create("one-more"))).isEqualTo("RESOURCE_EXHAUSTED TOO_MANY_WEBHOOKS");
  }

  @Test
  void namesTheFieldThatIsRefused() {
    assertThat(refused(Webhook.newBuilder())).isEqualTo("webhook");
    assertThat(refused(asked().setWebhookId("NOT GOOD"))).isEqualTo("webhook");
    assertThat(refused(asked().setState(WebhookState.WEBHOOK_STATE_PAUSED))).isEqualTo("webhook");
    assertThat(refused(asked().setUrl(ScriptedWebhooks.PRIVATE))).isEqualTo("webhook.url");
    assertThat(refused(asked().setUrl("x".repeat(2_049)))).isEqualTo("webhook.url");
    assertThat(refused(asked().setDisplayName("x".repeat(129)))).isEqualTo("webhook.display_name");
    assertThat(refused(asked().addInstanceIds("NO"))).isEqualTo("webhook.instance_ids");
    assertThat(refused(asked().addKinds(EventKind.EVENT_KIND_WEBHOOK_TEST)))
        .isEqualTo("webhook.kinds");
    assertThat(refused(asked().addKinds(EventKind.EVENT_KIND_UNSPECIFIED)))
        .isEqualTo("webhook.kinds");
    assertThat(refused(asked().addHeaders(header("x-a", "")))).isEqualTo("webhook.headers");
    assertThat(refused(asked().addHeaders(header("webhook-id", "1")))).isEqualTo("webhook.headers");
    assertThat(refused(asked().addHeaders(header("x a", "1")))).isEqualTo("webhook.headers.name");
    assertThat(refused(asked().addHeaders(header("x-a", "1\r\nx-b: 2"))))
        .isEqualTo("webhook.headers.value");
    var twice = asked().addHeaders(header("x-a", "1")).addHeaders(header("x-a", "2"));
    assertThat(refused(twice)).isEqualTo("webhook.headers");
    var many = asked();
    IntStream.range(0, 21).forEach(i -> many.addHeaders(header("x-" + i, "1")));
    assertThat(refused(many)).isEqualTo("webhook.headers");
  }

  @Test
  void listsPageByPage() throws Exception {
    for (String id : List.of("c", "a", "b")) {
      create(id);
    }
    var first = client.listWebhooks(ListWebhooksRequest.newBuilder().setPageSize(2).build());
    assertThat(first.getWebhooksList()).extracting(Webhook::getWebhookId).containsExactly("a", "b");
    var second =
        client.listWebhooks(
            ListWebhooksRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(first.getNextPageToken())
                .build());
    assertThat(second.getWebhooksList()).extracting(Webhook::getWebhookId).containsExactly("c");
    assertThat(second.getNextPageToken()).isEmpty();
    var forged = ListWebhooksRequest.newBuilder().setPageToken("AAAA").build();
    assertThat(reason(() -> client.listWebhooks(forged))).isEqualTo(INVALID);
  }

  @Test
  void changesWhatTheMaskNamesAndNothingElse() throws Exception {
    create(asked().setWebhookId("orders").setDisplayName("Orders").addInstanceIds("shop").build());
    Webhook.Builder given =
        Webhook.newBuilder()
            .setWebhookId("orders")
            .setDisplayName("ignored")
            .setState(WebhookState.WEBHOOK_STATE_PAUSED)
            .addKinds(EventKind.EVENT_KIND_QUEUE_PAUSED);
    Webhook changed = update(given, "state", "kinds", "instance_ids");
    assertThat(changed.getState()).isEqualTo(WebhookState.WEBHOOK_STATE_PAUSED);
    assertThat(changed.getKindsList()).containsExactly(EventKind.EVENT_KIND_QUEUE_PAUSED);
    assertThat(changed.getInstanceIdsList()).isEmpty();
    assertThat(changed.getDisplayName()).isEqualTo("Orders");
    assertThat(changed.getUrl()).isEqualTo(URL);
    assertThat(get("orders")).isEqualTo(changed);

    var whole = asked().setWebhookId("orders").setState(WebhookState.WEBHOOK_STATE_ENABLED);
    Webhook emptied = update(whole, "*");
    assertThat(emptied.getKindsList()).isEmpty();
    assertThat(emptied.getDisplayName()).isEmpty();
    assertThat(emptied.getState()).isEqualTo(WebhookState.WEBHOOK_STATE_ENABLED);
  }

  @Test
  void changesWhatIsPresentWithoutAMask() throws Exception {
    create(asked().setWebhookId("orders").setDisplayName("Orders").build());
    var given = Webhook.newBuilder().setWebhookId("orders").setUrl("https://new.example/");
    Webhook changed =
        client
            .updateWebhook(UpdateWebhookRequest.newBuilder().setWebhook(given).build())
            .getWebhook();
    assertThat(changed.getUrl()).isEqualTo("https://new.example/");
    assertThat(changed.getDisplayName()).isEqualTo("Orders");
    assertThat(changed.getState()).isEqualTo(WebhookState.WEBHOOK_STATE_ENABLED);
  }

  @Test
  void keepsTheValuesOfHeadersThatAreNamedWithoutOne() throws Exception {
    create(asked().setWebhookId("orders").addHeaders(header("x-token", "1")).build());
    Webhook.Builder shown = get("orders").toBuilder().addHeaders(header("x-more", "2"));
    assertThat(update(shown, "headers").getHeadersCount()).isEqualTo(2);
    assertThat(board.webhooks.settings(ORDERS).headers())
        .containsOnly(java.util.Map.entry("x-token", "1"), java.util.Map.entry("x-more", "2"));
    var fresh = get("orders").toBuilder().addHeaders(header("x-third", ""));
    assertThat(reason(() -> update(fresh, "headers"))).isEqualTo(INVALID);
    assertThat(update(shown.clearHeaders(), "headers").getHeadersList()).isEmpty();
  }

  @Test
  void refusesChangesThatCannotBe() throws Exception {
    create("orders");
    Webhook.Builder orders = Webhook.newBuilder().setWebhookId("orders");
    for (String path : List.of("create_time", "webhook_id", "secret", "state", "url", "*")) {
      assertThat(reason(() -> update(orders, path))).as(path).isEqualTo(INVALID);
    }
    var disabled = orders.clone().setState(WebhookState.WEBHOOK_STATE_DISABLED);
    assertThat(reason(() -> update(disabled, "state"))).isEqualTo(INVALID);
    assertThat(reason(() -> update(Webhook.newBuilder(), "url"))).isEqualTo(INVALID);
    var absent = asked().setWebhookId("absent");
    assertThat(reason(() -> update(absent, "url"))).isEqualTo("NOT_FOUND WEBHOOK_NOT_FOUND");
  }

  @Test
  void saysWhyItWasDisabledAndIsEnabledAgain() throws Exception {
    create("orders");
    board.webhooks.disable(ORDERS);
    Webhook disabled = get("orders");
    assertThat(disabled.getState()).isEqualTo(WebhookState.WEBHOOK_STATE_DISABLED);
    assertThat(disabled.getDisabledCause())
        .isEqualTo(WebhookDisabledCause.WEBHOOK_DISABLED_CAUSE_GONE);
    Webhook enabled =
        update(disabled.toBuilder().setState(WebhookState.WEBHOOK_STATE_ENABLED), "state");
    assertThat(enabled.getState()).isEqualTo(WebhookState.WEBHOOK_STATE_ENABLED);
    assertThat(enabled.getDisabledCause().getNumber()).isZero();
  }

  @Test
  void rotatesTheSecretWithAGrace() throws Exception {
    String first = create("orders").getSecret();
    var request = RotateWebhookSecretRequest.newBuilder().setWebhookId("orders");
    var rotated = client.rotateWebhookSecret(request.build());
    assertThat(rotated.getSecret()).startsWith("whsec_").isNotEqualTo(first);
    assertThat(board.webhooks.overlaps).containsEntry(ORDERS, java.time.Duration.ofHours(24));
    assertThat(rotated.hasPreviousSecretExpireTime()).isTrue();

    var repeated = request.setRequestId(UUID.randomUUID().toString()).setGrace(seconds(0)).build();
    var answer = client.rotateWebhookSecret(repeated);
    assertThat(client.rotateWebhookSecret(repeated)).isEqualTo(answer);
    assertThat(board.webhooks.overlaps).containsEntry(ORDERS, java.time.Duration.ZERO);
    for (int wrong : new int[] {-1, 604_801}) {
      var refused = request.clone().setGrace(seconds(wrong)).build();
      assertThat(reason(() -> client.rotateWebhookSecret(refused))).isEqualTo(INVALID);
    }
  }

  @Test
  void testsAtOnceAndOnceForARequest() throws Exception {
    create("orders");
    var request =
        TestWebhookRequest.newBuilder()
            .setWebhookId("orders")
            .setRequestId(UUID.randomUUID().toString())
            .build();
    int before = board.webhooks.tests.get();
    var attempt = client.testWebhook(request).getAttempt();
    assertThat(client.testWebhook(request).getAttempt()).isEqualTo(attempt);
    assertThat(board.webhooks.tests).hasValue(before + 1);
    assertThat(attempt.getAnswer().getStatusCode()).isEqualTo(503);
    assertThat(attempt.getAnswer().getBody()).isEqualTo("busy");
    assertThat(attempt.getAnswer().getRetryAfter()).isEqualTo(seconds(7));
    assertThat(Times.toModel(attempt.getLatency())).isEqualTo(java.time.Duration.ofMillis(41));
  }

  @Test
  void aTenantSeesItsOwnOnly() throws Exception {
    create("orders");
    var other = board.client(WebhookBoard.OTHER, Role.ADMINISTRATOR);
    var get = GetWebhookRequest.newBuilder().setWebhookId("orders").build();
    var delete = DeleteWebhookRequest.newBuilder().setWebhookId("orders").build();
    String unknown = "NOT_FOUND WEBHOOK_NOT_FOUND";
    assertThat(reason(() -> other.getWebhook(get))).isEqualTo(unknown);
    assertThat(reason(() -> other.deleteWebhook(delete))).isEqualTo(unknown);
    assertThat(other.listWebhooks(ListWebhooksRequest.getDefaultInstance()).getWebhooksList())
        .isEmpty();
    assertThat(client.deleteWebhook(delete)).isNotNull();
    assertThat(reason(() -> client.deleteWebhook(delete))).isEqualTo(unknown);
    assertThat(reason(() -> get("orders"))).isEqualTo(unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"READER", "OPERATOR"})
  void onlyAdministratorsChangeWebhooksAndSecrets(Role role) throws Exception {
    create("orders");
    var weak = board.client(TenantId.DEFAULT, role);
    String denied = "PERMISSION_DENIED PERMISSION_DENIED";
    assertThat(reason(() -> weak.createWebhook(CreateWebhookRequest.getDefaultInstance())))
        .isEqualTo(denied);
    assertThat(reason(() -> weak.updateWebhook(UpdateWebhookRequest.getDefaultInstance())))
        .isEqualTo(denied);
    assertThat(reason(() -> weak.deleteWebhook(DeleteWebhookRequest.getDefaultInstance())))
        .isEqualTo(denied);
    assertThat(
            reason(() -> weak.rotateWebhookSecret(RotateWebhookSecretRequest.getDefaultInstance())))
        .isEqualTo(denied);
    var test = TestWebhookRequest.newBuilder().setWebhookId("orders").build();
    if (role == Role.READER) {
      assertThat(reason(() -> weak.testWebhook(test))).isEqualTo(denied);
    } else {
      assertThat(weak.testWebhook(test).hasAttempt()).isTrue();
    }
    var get = GetWebhookRequest.newBuilder().setWebhookId("orders").build();
    assertThat(weak.getWebhook(get).hasWebhook()).isTrue();
  }

  private static Webhook.Builder asked() {
    return Webhook.newBuilder().setUrl(URL);
  }

  private static CreateWebhookResponse create(String id) throws StatusException {
    return create(asked().setWebhookId(id).build());
  }

  private static CreateWebhookResponse create(Webhook webhook) throws StatusException {
    return client.createWebhook(CreateWebhookRequest.newBuilder().setWebhook(webhook).build());
  }

  private static Webhook get(String id) throws StatusException {
    return client.getWebhook(GetWebhookRequest.newBuilder().setWebhookId(id).build()).getWebhook();
  }

  private static Webhook update(Webhook.Builder given, String... paths) throws StatusException {
    return client
        .updateWebhook(
            UpdateWebhookRequest.newBuilder()
                .setWebhook(given)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                .build())
        .getWebhook();
  }

  /** The first field for which a new webhook is refused. */
  private static String refused(Webhook.Builder asked) {
    var status = ApiClient.refusal(() -> create(asked.build()));
    assertThat(reason(status)).isEqualTo(INVALID);
    return ApiClient.detail(status, BadRequest.class).getFieldViolations(0).getField();
  }

  private static WebhookHeader header(String name, String value) {
    return WebhookHeader.newBuilder().setName(name).setValue(value).build();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
