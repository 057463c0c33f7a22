-- How far readers of events have come who do not remember it themselves.

CREATE TABLE event_consumer (
  tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant (id),
  id              text COLLATE "C" NOT NULL CHECK (id ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  log_id          text        NOT NULL,
  position        bigint      NOT NULL CHECK (position >= 0),
  acknowledged_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE event_consumer IS 'Named readers of events and where they go on.';
COMMENT ON COLUMN event_consumer.log_id IS 'A position means nothing in another log.';
COMMENT ON COLUMN event_consumer.position IS 'What lies before it was acknowledged; only grows.';
