-- What happened, until it is in the log of events. A row is written in the transaction that makes it
-- true, and deleted when the log holds it.

CREATE TABLE event_outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    uuid        NOT NULL,
  -- No foreign key: that an instance was deleted is told, too.
  tenant_id   text COLLATE "C" NOT NULL,
  instance_id text COLLATE "C" NOT NULL,
  kind        integer     NOT NULL,
  at          timestamptz NOT NULL,
  content     bytea       NOT NULL
);
COMMENT ON TABLE event_outbox IS 'Events that may not be in the log of events yet.';
COMMENT ON COLUMN event_outbox.id IS
  'Order in which they were written: ascends within a transaction and over those that follow one '
  'another; of two at the same time the greater may be committed first.';
COMMENT ON COLUMN event_outbox.event_id IS 'Stays with the event for ever; the content is bound to it.';
COMMENT ON COLUMN event_outbox.kind IS 'The number of the kind, as in the public contract.';
COMMENT ON COLUMN event_outbox.at IS 'When it happened.';
COMMENT ON COLUMN event_outbox.content IS
  'Encrypted: switchboard.v1.Event without sequence, cursor and replay.';

-- Ciphertext does not get smaller.
ALTER TABLE event_outbox ALTER COLUMN content SET STORAGE EXTERNAL;
