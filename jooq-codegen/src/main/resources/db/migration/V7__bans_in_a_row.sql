ALTER TABLE instance ADD COLUMN bans_in_a_row integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN instance.bans_in_a_row IS
  'How often the network banned it for a time since a connection last worked for a while.';
