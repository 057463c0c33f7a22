-- Outbound messages live in a journal; these tables and columns are what it is projected to.

CREATE TABLE journal_position (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  journal_id text    NOT NULL,
  next       bigint  NOT NULL
);
COMMENT ON TABLE journal_position IS 'How far the journal is projected; moves with what it says.';
COMMENT ON COLUMN journal_position.journal_id IS 'A position means nothing in another journal.';
COMMENT ON COLUMN journal_position.next IS 'The position from which entries are still to be applied.';

CREATE TABLE journal_account (
  tenant_id        text COLLATE "C" NOT NULL,
  instance_id      text COLLATE "C" NOT NULL,
  records_position bigint      NOT NULL DEFAULT -1,
  unlinked_cause   text,
  unlinked_detail  text,
  unlinked_until   timestamptz,
  PRIMARY KEY (tenant_id, instance_id),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE journal_account IS
  'Orders the writers of an account''s engine records: each locks the row first.';
COMMENT ON COLUMN journal_account.records_position IS
  'Record changes of entries up to this position are in engine_record, or void.';
COMMENT ON COLUMN journal_account.unlinked_cause IS
  'With this failure ends what is accepted until the account is linked; null: it is sent.';

CREATE TABLE journal_set_aside (
  journal_id text        NOT NULL,
  position   bigint      NOT NULL,
  error_id   text        NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (journal_id, position)
);
COMMENT ON TABLE journal_set_aside IS 'Entries that a defect kept from being applied.';
COMMENT ON COLUMN journal_set_aside.error_id IS 'By which the log tells what happened.';

ALTER TABLE message
  ADD COLUMN priority   text CHECK (priority IN ('HIGH', 'NORMAL', 'LOW')),
  ADD COLUMN not_before timestamptz,
  ADD COLUMN expires_at timestamptz,
  ADD COLUMN typing     boolean NOT NULL DEFAULT false,
  ADD COLUMN bulk       text COLLATE "C",
  ADD COLUMN requeues   integer NOT NULL DEFAULT 0 CHECK (requeues >= 0),
  ADD COLUMN waiting    boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN message.priority IS 'Null for what was not accepted by this gateway.';
COMMENT ON COLUMN message.not_before IS 'The earliest time to send it; null: none was asked for.';
COMMENT ON COLUMN message.expires_at IS 'When it fails if it was not sent by then; null: never.';
COMMENT ON COLUMN message.typing IS 'Whether the recipient is shown that the account is typing.';
COMMENT ON COLUMN message.bulk IS 'The bulk that it belongs to, or null.';
COMMENT ON COLUMN message.requeues IS 'How often it got another chance after it had failed.';
COMMENT ON COLUMN message.waiting IS
  'Whether it is still to be sent. Beside the status, since an index may not look at a column that '
  'changes with every step: each step would have to write to every index.';

UPDATE message
  SET priority = 'NORMAL', waiting = status IN ('ACCEPTED', 'SENDING')
  WHERE direction = 'OUTBOUND' AND (attempts > 0 OR status IN ('ACCEPTED', 'SENDING'));

-- Room for the next steps of a message beside it, for the same reason.
ALTER TABLE message SET (fillfactor = 80);
DROP INDEX message_waiting;
CREATE INDEX message_waiting ON message (tenant_id, instance_id, sequence) WHERE waiting;
CREATE INDEX message_failed ON message (tenant_id, instance_id, sequence)
  WHERE failure_cause IS NOT NULL;
CREATE INDEX message_of_bulk ON message (tenant_id, instance_id, bulk, sequence)
  WHERE bulk IS NOT NULL;
