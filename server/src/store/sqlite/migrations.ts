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
  `
  -- What filters and scorecards read, in the order of ids: a page of them is one stretch of the file.
  CREATE TABLE signals (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    exchange TEXT NOT NULL,
    symbol TEXT NOT NULL,
    timeframe TEXT NOT NULL,
    candle_close_time REAL NOT NULL,
    signal_type TEXT NOT NULL,
    direction TEXT NOT NULL,
    mode TEXT,
    regime TEXT,
    score REAL NOT NULL,
    horizon_candles INTEGER NOT NULL,
    data_kind TEXT NOT NULL,
    probability_up REAL,
    outcome TEXT,
    forward_return_pct REAL,
    net_return_pct REAL,
    prediction_label INTEGER,
    due_at REAL NOT NULL,
    -- number of its row in signal_details
    details INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX signals_newest ON signals (candle_close_time, id);
  CREATE INDEX signals_of_symbol ON signals (symbol, candle_close_time, id);
  CREATE INDEX signals_due ON signals (exchange, due_at, id) WHERE outcome IS NULL;

  -- The rest of a signal, in the order of writing.
  CREATE TABLE signal_details (
    number INTEGER PRIMARY KEY,
    job_id TEXT,
    recorded_at REAL NOT NULL,
    price REAL NOT NULL,
    stop REAL,
    target REAL,
    prediction_horizon INTEGER,
    prediction_up REAL,
    prediction_down REAL,
    model_id TEXT,
    -- without the model
    provenance_json TEXT NOT NULL,
    -- what the columns of signals do not say of the outcome; 'null' while it is pending
    outcome_json TEXT NOT NULL
  ) STRICT;

  -- one row, counted up by every transaction that changes signals
  CREATE TABLE signals_version (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL) STRICT;
  INSERT INTO signals_version VALUES (1, 0);

  CREATE TABLE candle_series (
    number INTEGER PRIMARY KEY,
    exchange TEXT NOT NULL,
    symbol TEXT NOT NULL,
    timeframe TEXT NOT NULL,
    UNIQUE (exchange, symbol, timeframe)
  ) STRICT;
  CREATE TABLE candle_chunks (
    series INTEGER NOT NULL,
    number INTEGER NOT NULL,
    candles BLOB NOT NULL,
    PRIMARY KEY (series, number)
  ) STRICT;
  `,
];
