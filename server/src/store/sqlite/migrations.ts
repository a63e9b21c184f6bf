/**
 * The schema as numbered steps, the first being number 1. A step that was released is never edited.
 * Times are epoch ms UTC and REAL because a corrected clock may tell fractions. Columns named `*_json` hold JSON text.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE streams (
    id TEXT PRIMARY KEY,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    terminal INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    stream_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    at REAL NOT NULL,
    payload_json TEXT NOT NULL,
    PRIMARY KEY (stream_id, seq)
  ) STRICT;

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    exchange TEXT,
    attempts INTEGER NOT NULL,
    idempotency_key TEXT,
    created_at REAL NOT NULL,
    started_at REAL,
    ended_at REAL,
    heartbeat_at REAL,
    input_json TEXT NOT NULL,
    state_json TEXT NOT NULL,
    error_json TEXT NOT NULL,
    UNIQUE (kind, idempotency_key)
  ) STRICT;
  CREATE INDEX jobs_newest ON jobs (kind, created_at DESC, id DESC);
  CREATE INDEX jobs_ended ON jobs (kind, ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE job_items (
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    -- kind and exchange of the job, for the index below
    kind TEXT NOT NULL,
    exchange TEXT,
    position INTEGER NOT NULL,
    status TEXT NOT NULL,
    updated_at REAL NOT NULL,
    payload_json TEXT NOT NULL,
    PRIMARY KEY (job_id, item)
  ) STRICT;
  CREATE INDEX job_items_newest ON job_items (kind, item, updated_at DESC, exchange, status);
  CREATE TRIGGER jobs_exchange AFTER UPDATE OF exchange ON jobs WHEN new.exchange IS NOT old.exchange BEGIN
    UPDATE job_items SET exchange = new.exchange WHERE job_id = new.id;
  END;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- one row that is written to learn whether writing works
  CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at REAL NOT NULL, ballast BLOB NOT NULL) STRICT;
  `,
  `
  ALTER TABLE jobs ADD COLUMN swept_at REAL;
  CREATE INDEX jobs_unswept ON jobs (kind, ended_at) WHERE ended_at IS NOT NULL AND swept_at IS NULL;
  `,
];
