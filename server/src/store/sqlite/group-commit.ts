import { ScannerError } from '@fast-scanner/shared';
import type { CommitResult, StoredEvent, WriteBatch } from '../store.ts';
import { toStoreError } from './sqlite-failure.ts';
import type { Statements } from './statements.ts';

interface Waiting {
  readonly batch: WriteBatch;
  readonly rows: number;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows in one transaction: keeps the event loop free while writing. A larger batch has a transaction of its own. */
const MAX_ROWS = 100;

/**
 * Writes the batches of one turn of the event loop in one transaction, each in a savepoint of its own: one sync to disk for
 * all of them, and a refused batch takes none of the others with it.
 */
export class GroupCommit {
  readonly #sql: Statements;
  readonly #apply: (batch: WriteBatch) => StoredEvent[];
  #waiting: Waiting[] = [];
  #scheduled = false;
  #closed = false;

  constructor(sql: Statements, apply: (batch: WriteBatch) => StoredEvent[]) {
    this.#sql = sql;
    this.#apply = apply;
  }

  commit(batch: WriteBatch): Promise<CommitResult> {
    if (this.#closed) return Promise.reject(new ScannerError('unavailable', 'the store is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, rows: countRows(batch), resolve, reject });
      this.#schedule();
    });
  }

  /** Writes what waits, then refuses more. */
  close(): void {
    this.#closed = true;
    while (this.#waiting.length > 0) this.#writeGroup();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#waiting.length > 0) this.#writeGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #writeGroup(): void {
    const group = this.#takeGroup();
    try {
      this.#sql.exec('BEGIN IMMEDIATE');
      const outcomes = group.map((waiting) => this.#writeOne(waiting));
      this.#sql.exec('COMMIT');
      for (const settle of outcomes) settle();
    } catch (error) {
      this.#rollBack();
      for (const { reject } of group) reject(toStoreError(error));
    }
  }

  #takeGroup(): Waiting[] {
    let rows = 0;
    let size = 0;
    for (const waiting of this.#waiting) {
      rows += waiting.rows;
      if (size > 0 && rows > MAX_ROWS) break;
      size += 1;
    }
    return this.#waiting.splice(0, size);
  }

  /** Answers how to settle the batch once the transaction is on disk. Trouble of the whole store is thrown on. */
  #writeOne({ batch, resolve, reject }: Waiting): () => void {
    this.#sql.exec('SAVEPOINT batch');
    try {
      const events = this.#apply(batch);
      this.#sql.exec('RELEASE batch');
      return () => resolve({ events });
    } catch (error) {
      const failure = toStoreError(error);
      if (failure instanceof ScannerError && failure.code !== 'conflict') throw error;
      this.#sql.exec('ROLLBACK TO batch; RELEASE batch');
      return () => reject(failure);
    }
  }

  #rollBack(): void {
    try {
      this.#sql.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full
    }
  }
}

function countRows({
  createJobs = [],
  changeJobs = [],
  putItems = [],
  appendEvents = [],
}: WriteBatch): number {
  const events = appendEvents.reduce((sum, append) => sum + append.events.length, 0);
  return createJobs.length + changeJobs.length + putItems.length + events;
}
