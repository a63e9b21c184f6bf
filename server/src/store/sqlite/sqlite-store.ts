import { mkdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CandleColumns, type Clock, ScannerError, type Timeframe } from '@fast-scanner/shared';
import type {
  ArchivedCandles,
  CandleSeriesKey,
  DueSignal,
  DueSignalQuery,
  ScoredSignal,
  SignalFilter,
  SignalPageQuery,
  SignalRecord,
} from '../signal-record.ts';
import type {
  CommitResult,
  EventPage,
  ItemQuery,
  JobItem,
  JobQuery,
  JobRecord,
  Store,
  WriteBatch,
} from '../store.ts';
import { cutCandles } from './candle-table.ts';
import { collectSlices } from './collect-slices.ts';
import type { Connection } from './connection.ts';
import { lockFolder } from './folder-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';
import type { SignalPosition } from './signal-walk.ts';
import { toStoreError } from './sqlite-failure.ts';
import { Tables } from './tables.ts';
import { WriteProbe } from './write-probe.ts';

export interface SqliteStoreOptions {
  /** Created when missing, for this user alone. */
  readonly dataDir: string;
  readonly clock: Clock;
}

/** Events deleted in one transaction, so that the event loop is not held for long. */
const TRIM_SLICE = 500;

/** Rows of candles, of some kilobytes each, that are written or deleted in one transaction. */
const CANDLE_SLICE = 100;

/**
 * The embedded store: one SQLite file in the data folder, which no other process may use at the same time.
 * @throws ScannerError `unavailable` with a one-line remedy when the folder is in use, or its database damaged or too new;
 * `disk_full`
 */
export async function openSqliteStore({ dataDir, clock }: SqliteStoreOptions): Promise<Store> {
  let unlock = () => {};
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    unlock = lockFolder(dataDir);
    return new SqliteStore(openDatabase(dataDir, clock.now()), clock, unlock);
  } catch (error) {
    unlock();
    throw toStoreError(error);
  }
}

/** The store over an opened database. Use `openSqliteStore`. */
export class SqliteStore implements Store {
  readonly #connection: Connection;
  readonly #tables: Tables;
  readonly #writer: GroupCommit;
  readonly #probe: WriteProbe;
  readonly #clock: Clock;
  readonly #onClosed: () => void;
  #isClosed = false;

  constructor(connection: Connection, clock: Clock, onClosed: () => void) {
    this.#connection = connection;
    this.#tables = new Tables(connection);
    this.#writer = new GroupCommit(connection, (batch) => this.#tables.write(batch, clock.now()));
    this.#probe = new WriteProbe(connection, clock);
    this.#clock = clock;
    this.#onClosed = onClosed;
  }

  async commit(batch: WriteBatch): Promise<CommitResult> {
    this.#assertOpen();
    try {
      return await this.#writer.commit(batch);
    } catch (error) {
      this.#probe.noteFailure(error);
      throw error;
    }
  }

  async readEvents(streamId: string, afterSeq: number, limit: number): Promise<EventPage> {
    return this.#use(({ events }) => events.read(streamId, afterSeq, limit));
  }

  async hasStream(streamId: string): Promise<boolean> {
    return this.#use(({ events }) => events.has(streamId));
  }

  async getJob(id: string): Promise<JobRecord | null> {
    return this.#use(({ jobs }) => jobs.get(id));
  }

  async findJobByKey(kind: string, idempotencyKey: string): Promise<JobRecord | null> {
    return this.#use(({ jobs }) => jobs.findByKey(kind, idempotencyKey));
  }

  async listJobs(query: JobQuery): Promise<readonly JobRecord[]> {
    return this.#use(({ jobs }) => jobs.list(query));
  }

  async listItems(jobId: string): Promise<readonly JobItem[]> {
    return this.#use(({ items }) => items.list(jobId));
  }

  async findNewestItem(query: ItemQuery): Promise<JobItem | null> {
    return this.#use(({ items }) => items.findNewest(query));
  }

  async getSetting(key: string): Promise<unknown> {
    return this.#use(({ settings }) => settings.get(key));
  }

  async getSignal(id: string): Promise<SignalRecord | null> {
    return this.#use(({ signals }) => signals.get(id));
  }

  async listSignals(query: SignalPageQuery): Promise<readonly SignalRecord[]> {
    return collectSlices<SignalRecord, SignalPosition>(query.limit, (limit, before = query.before) =>
      this.#use(({ signals }) => signals.list({ ...query, limit, ...(before && { before }) })),
    );
  }

  async listDueSignals(query: DueSignalQuery): Promise<readonly DueSignal[]> {
    return this.#use(({ signals }) => signals.listDue(query));
  }

  async listScoredSignals(
    filter: SignalFilter,
    afterId: string,
    limit: number,
  ): Promise<readonly ScoredSignal[]> {
    return collectSlices<ScoredSignal, string>(limit, (rest, from = afterId) =>
      this.#use(({ signals }) => signals.listScored(filter, from, rest)),
    );
  }

  async signalsVersion(): Promise<number> {
    return this.#use(({ signals }) => signals.version());
  }

  async deleteSignals(filter: SignalFilter, limit: number): Promise<number> {
    const deleted = await collectSlices<string, SignalPosition>(limit, (rest, after) =>
      this.#transact(({ signals }) => signals.delete(filter, rest, after)),
    );
    return deleted.length;
  }

  async archiveCandles(series: readonly ArchivedCandles[]): Promise<void> {
    const pieces = cutCandles(series);
    for (;;) {
      const slice = takeSome(pieces, CANDLE_SLICE);
      this.#transact(({ candles }) => {
        for (const piece of slice) candles.add(piece);
      });
      if (slice.length < CANDLE_SLICE) return;
      await nextTurn();
    }
  }

  async readArchivedCandles(key: CandleSeriesKey, from: number, to: number): Promise<CandleColumns> {
    return this.#use(({ candles }) => candles.read(key, from, to));
  }

  async newestArchivedCandle(key: CandleSeriesKey): Promise<number | null> {
    return this.#use(({ candles }) => candles.newest(key));
  }

  async deleteArchivedCandles(openedBefore: number, timeframe?: Timeframe): Promise<void> {
    for (const key of this.#use(({ candles }) => candles.listSeries())) {
      if (timeframe !== undefined && key.timeframe !== timeframe) continue;
      while (this.#transact(({ candles }) => candles.deleteOld(key, openedBefore, CANDLE_SLICE)))
        await nextTurn();
      await nextTurn();
    }
  }

  async trimEvents(streamId: string, upToSeq: number): Promise<void> {
    while (this.#transact(({ events }) => events.trim(streamId, upToSeq, TRIM_SLICE))) await nextTurn();
  }

  async sweepEndedJobs(kind: string, endedBefore: number, limit?: number): Promise<readonly string[]> {
    const swept: string[] = [];
    for (const id of this.#use(({ jobs }) => jobs.listDue(kind, endedBefore, limit))) {
      if (await this.#sweepEndedJob(id, `${kind}:${id}`, endedBefore)) swept.push(id);
      await nextTurn();
    }
    return swept;
  }

  async deleteEndedJobs(kind: string, endedBefore: number): Promise<readonly string[]> {
    const deleted: string[] = [];
    for (const id of this.#use(({ jobs }) => jobs.listEnded(kind, endedBefore))) {
      if (await this.#deleteEndedJob(id, `${kind}:${id}`, endedBefore)) deleted.push(id);
      await nextTurn();
    }
    return deleted;
  }

  async ping(): Promise<void> {
    this.#use(() => this.#probe.write());
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#writer.flush();
    this.#isClosed = true;
    try {
      this.#connection.close();
    } finally {
      this.#onClosed();
    }
  }

  /** The events go first and in slices, the job and the rest in one step. */
  async #deleteEndedJob(id: string, streamId: string, endedBefore: number): Promise<boolean> {
    await this.trimEvents(streamId, Number.MAX_SAFE_INTEGER);
    return this.#transact(({ jobs, events }) => {
      const isDeleted = jobs.deleteEnded(id, endedBefore);
      if (isDeleted) events.delete(streamId);
      return isDeleted;
    });
  }

  /** All in one step, so that nobody sees half a job; only of a long stream the oldest events go before, in slices. */
  async #sweepEndedJob(id: string, streamId: string, endedBefore: number): Promise<boolean> {
    const { lastSeq } = await this.readEvents(streamId, 0, 0);
    await this.trimEvents(streamId, lastSeq - TRIM_SLICE);
    return this.#transact(({ jobs, items, events }) => {
      const isSwept = jobs.markSwept(id, endedBefore, this.#clock.now());
      if (isSwept) {
        items.delete(id);
        events.sweep(streamId);
      }
      return isSwept;
    });
  }

  #transact<Result>(work: (tables: Tables) => Result): Result {
    try {
      return this.#use((tables) => this.#connection.transaction(() => work(tables)));
    } catch (error) {
      this.#probe.noteFailure(error);
      throw error;
    }
  }

  #use<Result>(work: (tables: Tables) => Result): Result {
    this.#assertOpen();
    try {
      return work(this.#tables);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new ScannerError('unavailable', 'the store is closed');
  }
}

/** The next items, at most so many; the rest stays in the iterator. */
function takeSome<Item>(items: Iterator<Item>, most: number): Item[] {
  const taken: Item[] = [];
  while (taken.length < most) {
    const { done, value } = items.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
