ALTER TABLE message ADD COLUMN failure_until timestamptz;
COMMENT ON COLUMN message.failure_until IS 'When the cause of the failure ends by itself, if known.';

ALTER TABLE instance ADD COLUMN reachout_lock_since timestamptz;
ALTER TABLE instance ADD COLUMN reachout_lock_until timestamptz;
COMMENT ON COLUMN instance.reachout_lock_since IS
  'Since when it may not write to people it has not written with; null without such a lock.';
COMMENT ON COLUMN instance.reachout_lock_until IS 'When that lock ends, if the network said so.';
