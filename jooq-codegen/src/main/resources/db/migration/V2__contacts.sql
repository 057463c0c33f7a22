-- What an account knows of a person lies with the chat: one row a person, found by every name.

ALTER TABLE chat
  ADD COLUMN sequence            bigint GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN names               bytea,
  ADD COLUMN identity_changed_at timestamptz;
COMMENT ON TABLE chat IS 'A person whom an account writes with, or was told of.';
COMMENT ON COLUMN chat.sequence IS 'Order in which they became known; pages of contacts go by it.';
COMMENT ON COLUMN chat.names IS 'Encrypted: what the person is called; null: nothing was told.';
COMMENT ON COLUMN chat.identity_changed_at IS 'When their security code last changed; null: never.';

CREATE UNIQUE INDEX chat_in_order ON chat (tenant_id, instance_id, sequence);
