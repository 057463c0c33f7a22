-- What webhooks missed while they were disabled, and finding deliveries by event.

CREATE TABLE webhook_gap (
  tenant_id      text COLLATE "C" NOT NULL,
  webhook_id     text COLLATE "C" NOT NULL,
  -- No foreign key: what happened to a deleted instance is told, too.
  instance_id    text COLLATE "C" NOT NULL,
  events         bigint NOT NULL CHECK (events > 0),
  first_sequence bigint NOT NULL,
  last_sequence  bigint NOT NULL,
  PRIMARY KEY (tenant_id, webhook_id, instance_id),
  FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE webhook_gap IS
  'Events that were deleted before a disabled webhook got them. Told when it is enabled again.';

-- Whoever looks for an event asks by its id.
CREATE INDEX webhook_delivery_event ON webhook_delivery (tenant_id, webhook_id, event_id);

-- Few fail, and these are looked for among many that did not.
CREATE INDEX webhook_delivery_failed ON webhook_delivery (tenant_id, webhook_id, position, round)
  WHERE state = 'FAILED';
