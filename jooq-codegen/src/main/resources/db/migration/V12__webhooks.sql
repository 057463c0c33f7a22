-- Endpoints that events are posted to, and what became of each event.

CREATE TABLE webhook (
  tenant_id    text COLLATE "C" NOT NULL REFERENCES tenant (id),
  id           text COLLATE "C" NOT NULL CHECK (id ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  display_name text        NOT NULL,
  address      bytea       NOT NULL,
  secrets      bytea       NOT NULL,
  instances    text[]      NOT NULL,
  kinds        integer[]   NOT NULL,
  state        text        NOT NULL,
  cause        text,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  log_id       text        NOT NULL,
  place        bigint      NOT NULL CHECK (place >= 0),
  rounds       integer     NOT NULL,
  replay_next  bigint,
  replay_until bigint,
  PRIMARY KEY (tenant_id, id),
  CHECK ((replay_next IS NULL) = (replay_until IS NULL))
);
COMMENT ON TABLE webhook IS 'Endpoints that events are posted to.';
COMMENT ON COLUMN webhook.address IS 'Encrypted: the URL and the headers.';
COMMENT ON COLUMN webhook.secrets IS 'Encrypted: what requests are signed with.';
COMMENT ON COLUMN webhook.instances IS 'Whose events are wanted; none: those of all.';
COMMENT ON COLUMN webhook.kinds IS 'Which events are wanted, by number; none: all.';
COMMENT ON COLUMN webhook.log_id IS 'A position means nothing in another log.';
COMMENT ON COLUMN webhook.place IS
  'Of every wanted event before it there is a delivery, or it came to its end.';
COMMENT ON COLUMN webhook.rounds IS 'How many replays there have been; the newest may be running.';

CREATE TABLE webhook_delivery (
  tenant_id   text COLLATE "C" NOT NULL,
  webhook_id  text COLLATE "C" NOT NULL,
  position    bigint      NOT NULL,
  round       integer     NOT NULL,
  event_id    text        NOT NULL,
  -- No foreign key: what happened to a deleted instance is posted, too.
  instance_id text COLLATE "C" NOT NULL,
  kind        integer     NOT NULL,
  sequence    bigint      NOT NULL,
  recorded_at timestamptz NOT NULL,
  state       text        NOT NULL,
  failure     text,
  attempts    integer     NOT NULL,
  due_at      timestamptz,
  updated_at  timestamptz NOT NULL,
  detail      bytea       NOT NULL,
  PRIMARY KEY (tenant_id, webhook_id, position, round),
  FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE webhook_delivery IS
  'What became of an event at a webhook. One that is about to be posted for the first time has none.';
COMMENT ON COLUMN webhook_delivery.round IS '0, or the number of the replay.';
COMMENT ON COLUMN webhook_delivery.recorded_at IS 'When the event was.';
COMMENT ON COLUMN webhook_delivery.detail IS
  'Encrypted: the newest attempts with what was answered, and what it must not overtake.';

-- A start reads what waits; statistics and what deletes old ones read by time.
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (tenant_id, webhook_id, round, position)
  WHERE state = 'WAITING';
CREATE INDEX webhook_delivery_time ON webhook_delivery (tenant_id, webhook_id, updated_at);

ALTER TABLE webhook_delivery ALTER COLUMN detail SET STORAGE EXTERNAL;
