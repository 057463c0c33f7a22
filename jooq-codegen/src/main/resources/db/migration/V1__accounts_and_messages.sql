-- Every row belongs to a tenant. What identifies or quotes a person (phone numbers, hidden ids,
-- texts, keys of the protocol) is stored encrypted, bound to its table and its row; where such a
-- value must be found again, a keyed hash (HMAC-SHA-256) of it stands in its place.
-- Ids compare by code point (COLLATE "C"), so that pages have the same order everywhere.

CREATE TABLE tenant (
  id         text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tenant IS 'An owner of accounts; sees nothing of the others.';

INSERT INTO tenant (id, name) VALUES ('default', 'Default');

CREATE TABLE api_key (
  id         text COLLATE "C" PRIMARY KEY,
  tenant_id  text COLLATE "C" REFERENCES tenant (id),
  hash       bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  role       text        NOT NULL CHECK (role IN ('READER', 'OPERATOR', 'ADMINISTRATOR')),
  name       text        NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);
COMMENT ON TABLE api_key IS 'A key of the public API and what it allows.';
COMMENT ON COLUMN api_key.tenant_id IS 'The only tenant it is good for; null: the whole gateway.';
COMMENT ON COLUMN api_key.hash IS 'SHA-256 of the 256-bit random secret, which is not stored.';

CREATE INDEX api_key_of_tenant ON api_key (tenant_id, id);

CREATE TABLE instance (
  tenant_id        text COLLATE "C" NOT NULL REFERENCES tenant (id),
  id               text COLLATE "C" NOT NULL,
  network          text        NOT NULL CHECK (network IN ('WHATSAPP', 'SANDBOX')),
  display_name     text        NOT NULL,
  wanted           boolean     NOT NULL,
  state            text        NOT NULL,
  cause            text        NOT NULL,
  detail           text        NOT NULL,
  until            timestamptz,
  own              bytea,
  created_at       timestamptz NOT NULL,
  state_changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE instance IS 'An account that is, was or will be linked.';
COMMENT ON COLUMN instance.wanted IS 'Whether to keep it connected; survives a restart.';
COMMENT ON COLUMN instance.state IS 'The last state that was reached; cause and detail say why.';
COMMENT ON COLUMN instance.until IS 'When the cause ends by itself, if it does.';
COMMENT ON COLUMN instance.own IS 'Encrypted: who it is on the network; null while not linked.';

CREATE TABLE engine_record (
  tenant_id   text COLLATE "C" NOT NULL,
  instance_id text COLLATE "C" NOT NULL,
  kind        text COLLATE "C" NOT NULL,
  name_key    bytea       NOT NULL,
  value       bytea       NOT NULL,
  PRIMARY KEY (tenant_id, instance_id, kind, name_key),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE engine_record IS 'Durable state of an engine: credentials, sessions, prekeys.';
COMMENT ON COLUMN engine_record.name_key IS
  'The name in UTF-8; a keyed hash of it for the kinds whose names hold phone numbers.';
COMMENT ON COLUMN engine_record.value IS 'Encrypted: the name, then the value.';

CREATE TABLE chat (
  tenant_id   text COLLATE "C" NOT NULL,
  instance_id text COLLATE "C" NOT NULL,
  id          uuid        NOT NULL,
  peer        bytea       NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, instance_id, id),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE chat IS 'Whom an account writes with.';
COMMENT ON COLUMN chat.peer IS 'Encrypted: the person under every name that is known.';

CREATE TABLE chat_alias (
  tenant_id   text COLLATE "C" NOT NULL,
  instance_id text COLLATE "C" NOT NULL,
  alias_key   bytea       NOT NULL CHECK (octet_length(alias_key) = 32),
  chat_id     uuid        NOT NULL,
  PRIMARY KEY (tenant_id, instance_id, alias_key),
  FOREIGN KEY (tenant_id, instance_id, chat_id) REFERENCES chat (tenant_id, instance_id, id)
    ON DELETE CASCADE
);
COMMENT ON TABLE chat_alias IS 'Finds a chat by any name of the person: phone number or hidden id.';
COMMENT ON COLUMN chat_alias.alias_key IS 'Keyed hash of account and name.';

CREATE INDEX chat_alias_of_chat ON chat_alias (chat_id);

CREATE TABLE message (
  tenant_id      text COLLATE "C" NOT NULL,
  instance_id    text COLLATE "C" NOT NULL,
  sequence       bigint      GENERATED ALWAYS AS IDENTITY,
  chat_id        uuid        NOT NULL,
  message_id     text COLLATE "C" NOT NULL,
  direction      text        NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
  status         text        NOT NULL,
  kind           text        NOT NULL,
  content        bytea       NOT NULL,
  attempts       integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  failure_cause  text,
  failure_detail text,
  occurred_at    timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL,
  sent_at        timestamptz,
  delivered_at   timestamptz,
  read_at        timestamptz,
  -- Not the sequence alone: the planner would then search the queue through the whole history.
  PRIMARY KEY (tenant_id, instance_id, sequence),
  UNIQUE (tenant_id, instance_id, message_id, direction, chat_id),
  FOREIGN KEY (tenant_id, instance_id, chat_id) REFERENCES chat (tenant_id, instance_id, id)
    ON DELETE CASCADE,
  CHECK ((failure_cause IS NOT NULL) = (status = 'FAILED'))
);
COMMENT ON TABLE message IS 'Every message accepted or received; what is unsent is the queue.';
COMMENT ON COLUMN message.sequence IS 'Order in which they were stored; pages go by it.';
COMMENT ON COLUMN message.message_id IS 'The id on the wire, unique within chat and direction.';
COMMENT ON COLUMN message.content IS 'Encrypted; what it holds depends on the kind.';
COMMENT ON COLUMN message.attempts IS 'How often it was about to be written to the network.';
COMMENT ON COLUMN message.occurred_at IS 'When it was written, as its author''s side tells.';

CREATE INDEX message_of_chat ON message (chat_id, sequence);
CREATE INDEX message_waiting ON message (tenant_id, instance_id, sequence)
  WHERE status IN ('ACCEPTED', 'SENDING');

CREATE TABLE request (
  tenant_id   text COLLATE "C" NOT NULL,
  instance_id text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  body_hash   bytea       NOT NULL,
  message_id  text        NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, instance_id, id),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE request IS 'Sends of the last 24 hours, so that a repeat gets its first answer.';
COMMENT ON COLUMN request.id IS 'Chosen by the caller.';
COMMENT ON COLUMN request.body_hash IS 'The same id with another body is refused.';
COMMENT ON COLUMN request.message_id IS 'The message that the first call was answered with.';

CREATE INDEX request_expiry ON request (created_at);

CREATE TABLE key_check (
  only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  sealed     bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE key_check IS
  'A known value under the master key of this installation: shows a wrong key before any harm.';
