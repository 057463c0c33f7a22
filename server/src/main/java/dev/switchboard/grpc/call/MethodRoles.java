package dev.switchboard.grpc.call;

import static dev.switchboard.access.Role.ADMINISTRATOR;
import static dev.switchboard.access.Role.OPERATOR;
import static dev.switchboard.access.Role.READER;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.AccessServiceGrpc;
import dev.switchboard.api.v1.ContactServiceGrpc;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.PresenceServiceGrpc;
import dev.switchboard.api.v1.QueueServiceGrpc;
import dev.switchboard.api.v1.WebhookServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Optional;

/** The role that each method needs: the one place where this is said. */
public final class MethodRoles {
  private static final Map<String, Role> NEEDED =
      Map.ofEntries(
          needs(ADMINISTRATOR, InstanceServiceGrpc.getCreateInstanceMethod()),
          needs(READER, InstanceServiceGrpc.getGetInstanceMethod()),
          needs(READER, InstanceServiceGrpc.getGetInstanceHealthMethod()),
          needs(READER, InstanceServiceGrpc.getListInstancesMethod()),
          needs(ADMINISTRATOR, InstanceServiceGrpc.getUpdateInstanceMethod()),
          needs(ADMINISTRATOR, InstanceServiceGrpc.getUpdateProfileMethod()),
          needs(ADMINISTRATOR, InstanceServiceGrpc.getDeleteInstanceMethod()),
          needs(OPERATOR, InstanceServiceGrpc.getStartInstanceMethod()),
          needs(OPERATOR, InstanceServiceGrpc.getStopInstanceMethod()),
          needs(ADMINISTRATOR, InstanceServiceGrpc.getLogOutInstanceMethod()),
          needs(OPERATOR, InstanceServiceGrpc.getPairInstanceMethod()),
          needs(READER, InstanceServiceGrpc.getWatchInstancesMethod()),
          needs(OPERATOR, MessagingServiceGrpc.getSendMessageMethod()),
          needs(OPERATOR, MessagingServiceGrpc.getSendMessagesMethod()),
          needs(OPERATOR, MessagingServiceGrpc.getBatchSendMessagesMethod()),
          needs(READER, MessagingServiceGrpc.getGetBulkMethod()),
          needs(OPERATOR, MessagingServiceGrpc.getCancelMessageMethod()),
          needs(OPERATOR, MessagingServiceGrpc.getRescheduleMessageMethod()),
          needs(READER, MessagingServiceGrpc.getGetMessageMethod()),
          needs(READER, MessagingServiceGrpc.getListMessagesMethod()),
          needs(READER, MessagingServiceGrpc.getStreamMessagesMethod()),
          needs(READER, QueueServiceGrpc.getListQueuedMessagesMethod()),
          needs(READER, QueueServiceGrpc.getGetQueueStatisticsMethod()),
          needs(OPERATOR, QueueServiceGrpc.getPauseQueueMethod()),
          needs(OPERATOR, QueueServiceGrpc.getResumeQueueMethod()),
          needs(OPERATOR, QueueServiceGrpc.getClearQueueMethod()),
          needs(READER, QueueServiceGrpc.getListDeadLettersMethod()),
          needs(OPERATOR, QueueServiceGrpc.getRequeueMessagesMethod()),
          needs(READER, ContactServiceGrpc.getGetContactMethod()),
          needs(READER, ContactServiceGrpc.getListContactsMethod()),
          needs(READER, ContactServiceGrpc.getWatchContactsMethod()),
          needs(READER, PresenceServiceGrpc.getGetPresenceMethod()),
          needs(OPERATOR, PresenceServiceGrpc.getSetPresenceMethod()),
          needs(OPERATOR, PresenceServiceGrpc.getSubscribePresenceMethod()),
          needs(OPERATOR, PresenceServiceGrpc.getUnsubscribePresenceMethod()),
          needs(READER, PresenceServiceGrpc.getListPresenceSubscriptionsMethod()),
          needs(READER, EventServiceGrpc.getStreamEventsMethod()),
          needs(READER, EventServiceGrpc.getListEventsMethod()),
          needs(OPERATOR, EventServiceGrpc.getAckEventsMethod()),
          needs(READER, EventServiceGrpc.getListEventConsumersMethod()),
          needs(OPERATOR, EventServiceGrpc.getDeleteEventConsumerMethod()),
          needs(ADMINISTRATOR, WebhookServiceGrpc.getCreateWebhookMethod()),
          needs(READER, WebhookServiceGrpc.getGetWebhookMethod()),
          needs(READER, WebhookServiceGrpc.getListWebhooksMethod()),
          needs(ADMINISTRATOR, WebhookServiceGrpc.getUpdateWebhookMethod()),
          needs(ADMINISTRATOR, WebhookServiceGrpc.getDeleteWebhookMethod()),
          needs(ADMINISTRATOR, WebhookServiceGrpc.getRotateWebhookSecretMethod()),
          needs(OPERATOR, WebhookServiceGrpc.getTestWebhookMethod()),
          needs(READER, WebhookServiceGrpc.getListWebhookDeliveriesMethod()),
          needs(READER, WebhookServiceGrpc.getGetWebhookDeliveryMethod()),
          needs(READER, WebhookServiceGrpc.getGetWebhookStatisticsMethod()),
          needs(OPERATOR, WebhookServiceGrpc.getRetryWebhookDeliveriesMethod()),
          needs(OPERATOR, WebhookServiceGrpc.getClearWebhookDeliveriesMethod()),
          needs(OPERATOR, WebhookServiceGrpc.getReplayWebhookEventsMethod()),
          needs(OPERATOR, WebhookServiceGrpc.getCancelWebhookReplayMethod()),
          // Those on tenants, and on keys beyond the caller's tenant, ask for more themselves.
          needs(ADMINISTRATOR, AccessServiceGrpc.getCreateApiKeyMethod()),
          needs(ADMINISTRATOR, AccessServiceGrpc.getListApiKeysMethod()),
          needs(ADMINISTRATOR, AccessServiceGrpc.getRevokeApiKeyMethod()),
          needs(ADMINISTRATOR, AccessServiceGrpc.getCreateTenantMethod()),
          needs(ADMINISTRATOR, AccessServiceGrpc.getListTenantsMethod()));

  private MethodRoles() {}

  /** The role that the method needs; empty for one that nobody entered here. */
  public static Optional<Role> needed(MethodDescriptor<?, ?> method) {
    return Optional.ofNullable(NEEDED.get(method.getFullMethodName()));
  }

  private static Map.Entry<String, Role> needs(Role role, MethodDescriptor<?, ?> method) {
    return Map.entry(method.getFullMethodName(), role);
  }
}
