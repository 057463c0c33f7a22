ALTER TABLE instance ADD COLUMN proxy bytea;
COMMENT ON COLUMN instance.proxy IS
  'Encrypted: the proxy with its credentials that all traffic goes through; null for none.';
