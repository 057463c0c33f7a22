-- What callers want of presence. Few accounts have a row: by default nobody sees an account online, nor
-- does it see others.

CREATE TABLE presence (
  tenant_id   text COLLATE "C" NOT NULL,
  instance_id text COLLATE "C" NOT NULL,
  wish        bytea NOT NULL,
  PRIMARY KEY (tenant_id, instance_id),
  FOREIGN KEY (tenant_id, instance_id) REFERENCES instance (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE presence IS 'Whether an account is to be seen online, and whom it follows.';
COMMENT ON COLUMN presence.wish IS 'Encrypted: whether it is to be online, and the people it follows.';
