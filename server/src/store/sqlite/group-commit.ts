import type { CommitResult, WriteBatch } from '../store.ts';
import type { Connection } from './connection.ts';
import { toStoreError } from './sqlite-failure.ts';

interface Waiting {
  readonly batch: WriteBatch;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows in one transaction, so that the event loop is not held for long. A larger batch has a transaction of its own. */
const MAX_ROWS = 100;

/**
 * Writes the batches of one turn of the event loop in one transaction, each in a savepoint of its own: one sync to disk for
 * all of them, and a refused batch takes none of the others with it. They are answered in the order they came.
 */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #write: (batch: WriteBatch) => CommitResult;
  #waiting: Waiting[] = [];
  #isScheduled = false;

  constructor(connection: Connection, write: (batch: WriteBatch) => CommitResult) {
    this.#connection = connection;
    this.#write = write;
  }

  commit(batch: WriteBatch): Promise<CommitResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#schedule();
    });
  }

  /** Writes all that waits, now. */
  flush(): void {
    while (this.#waiting.length > 0) this.#writeGroup();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#waiting.length > 0) this.#writeGroup();
      this.#schedule();
    });
  }

  #writeGroup(): void {
    const group = this.#takeGroup();
    try {
      const settle = this.#connection.transaction(() => group.map((waiting) => this.#writeOne(waiting)));
      for (const settleOne of settle) settleOne();
    } catch (error) {
      for (const { reject } of group) reject(toStoreError(error));
    }
  }

  /** Answers how to settle the batch once the transaction is on disk. */
  #writeOne({ batch, resolve, reject }: Waiting): () => void {
    const outcome = this.#connection.attempt(() => this.#write(batch));
    return 'error' in outcome ? () => reject(toStoreError(outcome.error)) : () => resolve(outcome.result);
  }

  #takeGroup(): Waiting[] {
    let rows = 0;
    const fits = this.#waiting.findIndex(({ batch }, index) => {
      rows += countRows(batch);
      return index > 0 && rows > MAX_ROWS;
    });
    return this.#waiting.splice(0, fits === -1 ? this.#waiting.length : fits);
  }
}

function countRows(batch: WriteBatch): number {
  const { createJobs, changeJobs, putItems, appendEvents = [], putSettings = {} } = batch;
  const lists = [createJobs, changeJobs, putItems, batch.putSignals, batch.settleSignals];
  const rows = lists.reduce((sum, list = []) => sum + list.length, 0);
  const events = appendEvents.reduce((sum, append) => sum + append.events.length, 0);
  return rows + events + Object.keys(putSettings).length;
}
