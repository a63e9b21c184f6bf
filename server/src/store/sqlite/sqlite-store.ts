import { type Clock, ScannerError } from '@fast-scanner/shared';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
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
import { applyBatch } from './apply-batch.ts';
import { lockFolder } from './folder-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';
import { toJobItem, toJobRecord, toStoredEvent } from './rows.ts';
import { toStoreError } from './sqlite-failure.ts';
import { Statements, type Value } from './statements.ts';

export interface SqliteStoreOptions {
  /** Created when missing, readable by this user alone. */
  readonly dataDir: string;
  readonly clock: Clock;
}

/** Jobs deleted in one transaction by the retention sweep. */
const DELETE_SLICE = 20;

/**
 * The embedded store: one SQLite file in the data folder, which no other process may use at the same time.
 * @throws Error with a one-line remedy when the folder is in use, or its database damaged or too new
 */
export async function openSqliteStore({ dataDir, clock }: SqliteStoreOptions): Promise<Store> {
  const unlock = lockFolder(dataDir);
  try {
    return new SqliteStore(openDatabase(dataDir), clock, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class SqliteStore implements Store {
  readonly #database: DatabaseSyncInstance;
  readonly #sql: Statements;
  readonly #writer: GroupCommit;
  readonly #unlock: () => void;
  #open = true;

  constructor(database: DatabaseSyncInstance, clock: Clock, unlock: () => void) {
    this.#database = database;
    this.#sql = new Statements(database);
    this.#writer = new GroupCommit(this.#sql, (batch) => applyBatch(this.#sql, batch, clock.now()));
    this.#unlock = unlock;
  }

  commit(batch: WriteBatch): Promise<CommitResult> {
    return this.#writer.commit(batch);
  }

  async readEvents(streamId: string, afterSeq: number, limit: number): Promise<EventPage> {
    return this.#read((sql) => {
      const stream = sql.get('SELECT first_seq, last_seq, terminal FROM streams WHERE id = ?', streamId);
      const select = 'SELECT * FROM events WHERE stream_id = ? AND seq > ? ORDER BY seq LIMIT ?';
      return {
        events: sql.all(select, streamId, afterSeq, limit).map(toStoredEvent),
        firstSeq: Number(stream?.['first_seq'] ?? 1),
        lastSeq: Number(stream?.['last_seq'] ?? 0),
        terminal: stream?.['terminal'] === 1,
      };
    });
  }

  async hasStream(streamId: string): Promise<boolean> {
    return this.#read((sql) => sql.get('SELECT 1 FROM streams WHERE id = ?', streamId) !== undefined);
  }

  async getJob(id: string): Promise<JobRecord | null> {
    return this.#read((sql) => optional(sql.get('SELECT * FROM jobs WHERE id = ?', id), toJobRecord));
  }

  async findJobByKey(kind: string, idempotencyKey: string): Promise<JobRecord | null> {
    const select = 'SELECT * FROM jobs WHERE kind = ? AND idempotency_key = ?';
    return this.#read((sql) => optional(sql.get(select, kind, idempotencyKey), toJobRecord));
  }

  async listJobs({ kind, statuses, exchange, item, before, limit }: JobQuery): Promise<readonly JobRecord[]> {
    const conditions = ['kind = ?'];
    const values: Value[] = [kind];
    const where = (condition: string, ...more: Value[]) => {
      conditions.push(condition);
      values.push(...more);
    };
    if (statuses) where(`status IN (${marks(statuses)})`, ...statuses);
    if (exchange !== undefined) where('exchange = ?', exchange);
    if (item !== undefined)
      where('EXISTS (SELECT 1 FROM job_items WHERE job_id = jobs.id AND item = ?)', item);
    if (before) where('(created_at, id) < (?, ?)', before.createdAt, before.id);
    const select = `SELECT * FROM jobs WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT ?`;
    return this.#read((sql) => sql.all(select, ...values, limit).map(toJobRecord));
  }

  async listItems(jobId: string): Promise<readonly JobItem[]> {
    const select = 'SELECT * FROM job_items WHERE job_id = ? ORDER BY position';
    return this.#read((sql) => sql.all(select, jobId).map(toJobItem));
  }

  async findNewestItem({ kind, item, exchange, statuses }: ItemQuery): Promise<JobItem | null> {
    const conditions = ['kind = ?', 'item = ?'];
    const values: Value[] = [kind, item];
    if (exchange !== undefined) {
      conditions.push('exchange = ?');
      values.push(exchange);
    }
    if (statuses) {
      conditions.push(`status IN (${marks(statuses)})`);
      values.push(...statuses);
    }
    const select = `SELECT * FROM job_items WHERE ${conditions.join(' AND ')} ORDER BY updated_at DESC, rowid DESC LIMIT 1`;
    return this.#read((sql) => optional(sql.get(select, ...values), toJobItem));
  }

  async getSetting(key: string): Promise<unknown> {
    const row = this.#read((sql) => sql.get('SELECT value_json FROM settings WHERE key = ?', key));
    return row ? JSON.parse(String(row['value_json'])) : null;
  }

  async trimEvents(streamId: string, upToSeq: number): Promise<void> {
    this.#transact((sql) => {
      const raise = 'UPDATE streams SET first_seq = max(first_seq, min(?, last_seq) + 1) WHERE id = ?';
      if (upToSeq < 1 || sql.run(raise, upToSeq, streamId) === 0) return;
      sql.run('DELETE FROM events WHERE stream_id = ? AND seq <= ?', streamId, upToSeq);
    });
  }

  async deleteEndedJobs(kind: string, endedBefore: number): Promise<readonly string[]> {
    const deleted: string[] = [];
    for (;;) {
      const slice = this.#transact((sql) => deleteSlice(sql, kind, endedBefore));
      deleted.push(...slice);
      if (slice.length < DELETE_SLICE) return deleted;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async ping(): Promise<void> {
    // A write, because a full disk still reads.
    await this.commit({ putSettings: { 'store.ping': 1 } });
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#writer.close();
    this.#open = false;
    this.#database.close();
    this.#unlock();
  }

  #read<Result>(query: (sql: Statements) => Result): Result {
    if (!this.#open) throw new ScannerError('unavailable', 'the store is closed');
    try {
      return query(this.#sql);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  #transact<Result>(work: (sql: Statements) => Result): Result {
    return this.#read((sql) => {
      sql.exec('BEGIN IMMEDIATE');
      try {
        const result = work(sql);
        sql.exec('COMMIT');
        return result;
      } catch (error) {
        sql.exec('ROLLBACK');
        throw error;
      }
    });
  }
}

function deleteSlice(sql: Statements, kind: string, endedBefore: number): string[] {
  const select = 'SELECT id FROM jobs WHERE kind = ? AND ended_at < ? ORDER BY ended_at LIMIT ?';
  const ids = sql.all(select, kind, endedBefore, DELETE_SLICE).map((row) => String(row['id']));
  for (const id of ids) {
    sql.run('DELETE FROM job_items WHERE job_id = ?', id);
    sql.run('DELETE FROM events WHERE stream_id = ?', `${kind}:${id}`);
    sql.run('DELETE FROM streams WHERE id = ?', `${kind}:${id}`);
    sql.run('DELETE FROM jobs WHERE id = ?', id);
  }
  return ids;
}

function optional<Row, Result>(row: Row | undefined, convert: (row: Row) => Result): Result | null {
  return row === undefined ? null : convert(row);
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
