import { fillSignal } from '../fill-signal.ts';
import type {
  DueSignal,
  DueSignalQuery,
  ScoredSignal,
  SignalFilter,
  SignalPageQuery,
  SignalRecord,
} from '../signal-record.ts';
import type { SettledSignal } from '../store.ts';
import type { Connection, SqlValues } from './connection.ts';
import {
  DETAIL_COLUMNS,
  SIGNAL_COLUMNS,
  toDetailValues,
  toDueSignal,
  toOutcomeRest,
  toOutcomeValues,
  toSignal,
  toSignalValues,
} from './signal-columns.ts';
import {
  filterSql,
  filterValues,
  type SignalPosition,
  type SignalWalk,
  type Slice,
  walkBack,
  walkOn,
  walkSql,
  walkValues,
} from './signal-walk.ts';

/** How much is done at a time, so that the event loop is not held for long however few signals match. */
export interface SignalSlices {
  /** Signals that one look passes by the time of their candle, where each may have to be looked up. */
  readonly byTime: number;
  /** Signals that one look passes by id, which is the order they lie in. */
  readonly byId: number;
  /** Whole signals read in one look. */
  readonly read: number;
  /** Signals deleted in one transaction. */
  readonly deleted: number;
}

const SLICES: SignalSlices = { byTime: 2000, byId: 3000, read: 150, deleted: 200 };

const INSERT_DETAILS = `INSERT INTO signal_details (${columns(DETAIL_COLUMNS)}) VALUES (${names(DETAIL_COLUMNS)})`;

const INSERT = `INSERT INTO signals (${columns(SIGNAL_COLUMNS)}, due_at, details)
  VALUES (${names(SIGNAL_COLUMNS)}, :dueAt, last_insert_rowid())`;

const FILL = 'UPDATE signals SET regime = :regime, probability_up = :probabilityUp WHERE id = :id';

const FILL_DETAILS = `UPDATE signal_details SET stop = :stop, target = :target, prediction_horizon = :predictionHorizon,
  prediction_up = :predictionUp, prediction_down = :predictionDown, model_id = :modelId
  WHERE number = (SELECT details FROM signals WHERE id = :id)`;

const SETTLE_DETAILS = `UPDATE signal_details SET outcome_json = :outcomeRest
  WHERE number = (SELECT details FROM signals WHERE id = :id AND outcome IS NULL)`;

const SETTLE = `UPDATE signals SET outcome = :outcome, forward_return_pct = :forwardReturnPct,
  net_return_pct = :netReturnPct, prediction_label = :predictionLabel WHERE id = :id AND outcome IS NULL`;

const RECORD = `${selected(SIGNAL_COLUMNS)}, due_at AS dueAt, ${selected(DETAIL_COLUMNS)}`;

const JOINED_DETAILS = 'JOIN signal_details ON signal_details.number = details';

/** For a table without rowid the key is an index too, of this name; left alone, SQLite would take that of the symbol and sort. */
const SELECT_SCORED = `SELECT ${selected(SIGNAL_COLUMNS)} FROM signals INDEXED BY sqlite_autoindex_signals_1
  WHERE id > :afterId AND id <= :upToId AND candle_close_time >= :from AND candle_close_time < :to`;

/** After every id there may be. */
const LAST_ID = '\u{10ffff}';

const DUE = `id, exchange, symbol, timeframe, candle_close_time AS candleCloseTime, direction, price, stop, target,
  horizon_candles AS horizonCandles, due_at AS dueAt, probability_up AS probabilityUp,
  prediction_horizon AS predictionHorizon, prediction_up AS predictionUp, prediction_down AS predictionDown`;

const SELECT_DUE = `SELECT ${DUE} FROM signals INDEXED BY signals_due ${JOINED_DETAILS}
  WHERE outcome IS NULL AND exchange = :exchange AND (due_at, id) > (:afterTime, :afterId) AND due_at <= :dueBefore
  ORDER BY due_at, id LIMIT :limit`;

/** Signals in two rows each: what filters and scorecards read, and the rest. */
export class SignalTable {
  readonly #connection: Connection;
  readonly #slices: SignalSlices;

  constructor(connection: Connection, slices = SLICES) {
    this.#connection = connection;
    this.#slices = slices;
  }

  /** Puts signals, then settles some. Call it in a transaction. */
  write(puts: readonly SignalRecord[], settled: readonly SettledSignal[]): void {
    const isPut = puts.map((signal) => this.#put(signal));
    const isSettled = settled.map((one) => this.#settle(one));
    if (isPut.includes(true) || isSettled.includes(true)) this.#countUp();
  }

  get(id: string): SignalRecord | null {
    const row = this.#connection.get(`SELECT ${RECORD} FROM signals ${JOINED_DETAILS} WHERE id = :id`, {
      id,
    });
    return row ? toSignal(row) : null;
  }

  listDue({ exchange, dueBefore, limit, after }: DueSignalQuery): DueSignal[] {
    const { dueAt: afterTime, id: afterId } = after ?? { dueAt: -Number.MAX_VALUE, id: '' };
    return this.#connection
      .all(SELECT_DUE, { exchange, dueBefore, limit, afterTime, afterId })
      .map(toDueSignal);
  }

  /** Matching signals from the newest candle back, or on from a position. */
  list({ limit, before, ...filter }: SignalPageQuery): Slice<SignalRecord, SignalPosition> {
    const { walk, next } = this.#cut(walkBack(filter, before), filter);
    const { from, orderBy } = walkSql(walk, filter, JOINED_DETAILS);
    const select = `SELECT ${RECORD} ${from} ${filterSql(filter)} ${orderBy} LIMIT :limit`;
    const most = Math.min(limit, this.#slices.read);
    const values = { ...walkValues(walk), ...filterValues(filter), limit: most };
    const rows = this.#connection.all(select, values).map(toSignal);
    return { rows, next: rows.length < most ? next : (rows.at(-1) ?? null) };
  }

  /** Matching signals by id, strictly after one. */
  listScored(filter: SignalFilter, afterId: string, limit: number): Slice<ScoredSignal, string> {
    const boundary = `SELECT id FROM signals WHERE id > :afterId ORDER BY id LIMIT 1 OFFSET ${this.#slices.byId - 1}`;
    const next = this.#connection.get(boundary, { afterId })?.['id'] ?? null;
    const { from = -Number.MAX_VALUE, to = Number.MAX_VALUE } = filter;
    const select = `${SELECT_SCORED} ${filterSql(filter)} ORDER BY id LIMIT :limit`;
    const values = { afterId, upToId: next ?? LAST_ID, from, to, limit, ...filterValues(filter) };
    const rows = this.#connection.all(select, values) as unknown as ScoredSignal[]; // selected field by field
    return { rows, next: next === null ? null : String(next) };
  }

  /** Deletes some of the matching signals, the oldest candle first, and answers their ids. Call it in a transaction. */
  delete(filter: SignalFilter, limit: number, after?: SignalPosition): Slice<string, SignalPosition> {
    const most = Math.min(limit, this.#slices.deleted);
    const start = walkOn(filter, after);
    const { walk, next } = this.#cut(start, filter);
    const { from, orderBy } = walkSql(walk, filter);
    const select = `SELECT id, details ${from} ${filterSql(filter)} ${orderBy} LIMIT :most`;
    const values = { ...walkValues(walk), ...filterValues(filter), most };
    const rows = this.#connection.all(select, values);
    for (const row of rows) this.#deleteOne(row);
    if (rows.length > 0) this.#countUp();
    return { rows: rows.map(({ id }) => String(id)), next: rows.length < most ? next : start.start };
  }

  version(): number {
    return Number(this.#connection.get('SELECT number FROM signals_version WHERE id = 1')?.['number']);
  }

  /** Answers whether anything changed. */
  #put(signal: SignalRecord): boolean {
    const kept = this.get(signal.id);
    if (kept) return this.#fill(fillSignal(kept, signal));
    this.#connection.run(INSERT_DETAILS, toDetailValues(signal));
    this.#connection.run(INSERT, toSignalValues(signal));
    return true;
  }

  #fill(filled: SignalRecord | null): boolean {
    if (!filled) return false;
    const { id, regime } = filled;
    const { jobId, recordedAt, price, provenance, outcomeRest, ...details } = toDetailValues(filled);
    this.#connection.run(FILL_DETAILS, { id, ...details });
    this.#connection.run(FILL, { id, regime, probabilityUp: filled.prediction?.probabilityUp ?? null });
    return true;
  }

  #settle({ id, outcome }: SettledSignal): boolean {
    this.#connection.run(SETTLE_DETAILS, { id, outcomeRest: toOutcomeRest(outcome) });
    return this.#connection.run(SETTLE, { id, ...toOutcomeValues(outcome) }) > 0;
  }

  #deleteOne({ id = null, details = null }: SqlValues): void {
    this.#connection.run('DELETE FROM signal_details WHERE number = :details', { details });
    this.#connection.run('DELETE FROM signals WHERE id = :id', { id });
  }

  #countUp(): void {
    this.#connection.run('UPDATE signals_version SET number = number + 1 WHERE id = 1');
  }

  /** The part of a walk that one look may pass, and where the next goes on. */
  #cut(walk: SignalWalk, filter: SignalFilter): { walk: SignalWalk; next: SignalPosition | null } {
    const { from, orderBy } = walkSql(walk, filter);
    const select = `SELECT candle_close_time AS candleCloseTime, id ${from} ${orderBy} LIMIT 1 OFFSET ${this.#slices.byTime - 1}`;
    const symbol = filter.symbol === undefined ? {} : { symbol: filter.symbol };
    const row = this.#connection.get(select, { ...walkValues(walk), ...symbol });
    if (!row) return { walk, next: null };
    const end = { candleCloseTime: Number(row['candleCloseTime']), id: String(row['id']) };
    return { walk: { ...walk, end }, next: end };
  }
}

function columns(fields: Readonly<Record<string, string>>): string {
  return Object.values(fields).join(', ');
}

function names(fields: Readonly<Record<string, string>>): string {
  return Object.keys(fields)
    .map((field) => `:${field}`)
    .join(', ');
}

function selected(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([field, column]) => `${column} AS ${field}`)
    .join(', ');
}
