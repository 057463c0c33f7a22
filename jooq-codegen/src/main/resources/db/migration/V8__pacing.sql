ALTER TABLE instance ADD COLUMN pacing bytea;
COMMENT ON COLUMN instance.pacing IS
  'How fast it may send, in a versioned encoding; null for what its network has by default.';
