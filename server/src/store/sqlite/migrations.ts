/**
 * The schema, as numbered steps that are never edited once released. `user_version` holds how many have been taken.
 * Times are epoch ms UTC; columns named `*_json` hold JSON text.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE streams (
    id TEXT PRIMARY KEY,
    first_seq INTEGER NOT NULL DEFAULT 1,
    last_seq INTEGER NOT NULL DEFAULT 0,
    terminal INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    stream_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    payload_json TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (stream_id, seq)
  ) STRICT;

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    exchange TEXT,
    input_json TEXT NOT NULL,
    state_json TEXT NOT NULL,
    error_json TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    idempotency_key TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    heartbeat_at INTEGER,
    UNIQUE (kind, idempotency_key)
  ) STRICT;
  CREATE INDEX jobs_newest ON jobs (kind, created_at DESC, id DESC);

  CREATE TABLE job_items (
    job_id TEXT NOT NULL,
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    exchange TEXT,
    position INTEGER NOT NULL,
    status TEXT NOT NULL,
    payload_json TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (job_id, item)
  ) STRICT;
  CREATE INDEX job_items_newest ON job_items (kind, item, updated_at DESC);

  CREATE TABLE settings (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
];
