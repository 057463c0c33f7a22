-- Every row belongs to a tenant. What identifies or quotes a person (phone numbers, names, texts,
-- keys) is stored encrypted, with the table and the primary key as associated data; where such a
-- value must be found again, a keyed hash (HMAC-SHA-256) of it stands in its place.

CREATE TABLE tenant (
  id         text        PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tenant IS 'An owner of accounts; sees nothing of the others.';

INSERT INTO tenant (id, name) VALUES ('default', 'Default');

CREATE TABLE api_key (
  tenant_id    text        NOT NULL REFERENCES tenant (id),
  id           text        NOT NULL,
  hash         bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  role         text        NOT NULL CHECK (role IN ('ADMINISTRATOR', 'OPERATOR', 'READER')),
  name         text        NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE api_key IS 'A key of the public API and what it allows within its tenant.';
COMMENT ON COLUMN api_key.hash IS 'SHA-256 of the 256-bit random secret; the secret is not stored.';
COMMENT ON COLUMN api_key.last_used_at IS 'Written at most now and then, not at every call.';

CREATE TABLE instance (
  tenant_id        text        NOT NULL REFERENCES tenant (id),
  id               text        NOT NULL,
  network          text        NOT NULL CHECK (network IN ('WHATSAPP', 'SANDBOX')),
  display_name     text        NOT NULL DEFAULT '',
  desired          text        NOT NULL CHECK (desired IN ('STARTED', 'STOPPED')),
  state            text        NOT NULL,
  state_cause      text        NOT NULL DEFAULT '',
  state_changed_at timestamptz NOT NULL,
  own_phone_number bytea,
  own_lid          bytea,
  created_at       timestamptz NOT NULL,
  linked_at        timestamptz,
  PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE instance IS 'A WhatsApp account that is, was or will be linked.';
COMMENT ON COLUMN instance.desired IS 'What the owner asked for; survives a restart.';
COMMENT ON COLUMN instance.state IS 'The last state that was reached.';
COMMENT ON COLUMN instance.state_cause IS 'Why the state was entered, for people to read.';
COMMENT ON COLUMN instance.own_phone_number IS 'Encrypted; null until the account was linked.';
COMMENT ON COLUMN instance.own_lid IS 'Encrypted hidden identity; null while it is not known.';

CREATE TABLE engine_record (
  tenant_id   text        NOT NULL,
  instance_id text        NOT NULL,
  kind        text        NOT NULL,
  name_key    bytea       NOT NULL,
  value       bytea       NOT NULL,
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, instance_id, kind, name_key),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE engine_record IS
  'Durable state of an engine: credentials, sessions, prekeys. One record, one name within a kind.';
COMMENT ON COLUMN engine_record.name_key IS 'Keyed hash of the name, which may hold a phone number.';
COMMENT ON COLUMN engine_record.value IS 'Encrypted: the name, then the value.';

CREATE TABLE message (
  sequence       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id      text        NOT NULL,
  instance_id    text        NOT NULL,
  chat_key       bytea       NOT NULL,
  message_id     text        NOT NULL,
  direction      text        NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
  status         text        NOT NULL,
  kind           text        NOT NULL,
  content        bytea       NOT NULL,
  failure_reason text,
  failure_detail text,
  attempts       integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  accepted_at    timestamptz,
  sent_at        timestamptz,
  delivered_at   timestamptz,
  read_at        timestamptz,
  occurred_at    timestamptz NOT NULL,
  UNIQUE (tenant_id, instance_id, chat_key, message_id, direction),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE message IS 'Every message accepted or received; outbound ones are also the queue.';
COMMENT ON COLUMN message.sequence IS 'Order of acceptance; the key of paging.';
COMMENT ON COLUMN message.chat_key IS 'Keyed hash of the chat, so that it is found and not read.';
COMMENT ON COLUMN message.message_id IS 'The id on WhatsApp''s wire, unique within chat and direction.';
COMMENT ON COLUMN message.content IS 'Encrypted: the peers and the body.';
COMMENT ON COLUMN message.occurred_at IS 'When it was sent, by the clock of its sender.';

CREATE INDEX message_newest ON message (tenant_id, instance_id, sequence DESC);
CREATE INDEX message_of_chat ON message (tenant_id, instance_id, chat_key, sequence DESC);
CREATE INDEX message_by_id ON message (tenant_id, instance_id, message_id);
CREATE INDEX message_queue ON message (tenant_id, instance_id, sequence)
  WHERE direction = 'OUTBOUND' AND status IN ('QUEUED', 'SENDING');

CREATE TABLE idempotency (
  tenant_id  text        NOT NULL REFERENCES tenant (id),
  scope      text        NOT NULL,
  request_id text        NOT NULL,
  body_hash  bytea       NOT NULL,
  outcome    text        NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, scope, request_id)
);
COMMENT ON TABLE idempotency IS 'Requests of the last 24 hours, so that a repeat gets its first answer.';
COMMENT ON COLUMN idempotency.scope IS 'The call and what it is about, for example send/shop-1.';
COMMENT ON COLUMN idempotency.body_hash IS 'The same request_id with another body is refused.';
COMMENT ON COLUMN idempotency.outcome IS 'The id of what the first call made.';

CREATE INDEX idempotency_expiry ON idempotency (created_at);

CREATE TABLE key_check (
  only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  sealed     bytea       NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE key_check IS
  'A known value under the master key of this installation: shows a wrong key before any harm.';
