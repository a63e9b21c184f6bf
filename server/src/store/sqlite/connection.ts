import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

export type SqlValue = string | number | Uint8Array | null;
/** Values by the names they have in the SQL, without the colon. */
export type SqlValues = Readonly<Record<string, SqlValue>>;

/** How long to wait for a lock of another program, such as a backup tool. The event loop stands still meanwhile. */
const BUSY_TIMEOUT_MS = 1000;

/** One connection to a database file, with its prepared statements, its transactions and their savepoints. */
export class Connection {
  readonly #database: DatabaseSyncInstance;
  readonly #prepared = new Map<string, StatementSyncInstance>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path, {
      timeout: BUSY_TIMEOUT_MS,
      enableForeignKeyConstraints: true,
    });
  }

  /** Runs statements that take no values and answer nothing. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Answers how many rows changed. */
  run(sql: string, values: SqlValues = {}): number {
    return this.#prepare(sql).run(checked(values)).changes;
  }

  get(sql: string, values: SqlValues = {}): SqlValues | undefined {
    return this.#prepare(sql).get(checked(values));
  }

  all(sql: string, values: SqlValues = {}): SqlValues[] {
    return this.#prepare(sql).all(checked(values));
  }

  /** Runs `work` in a transaction, which is on disk when this returns; when anything throws, nothing was written. */
  transaction<Result>(work: () => Result): Result {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // Some failures, such as a full disk, have ended the transaction already.
      if (this.#database.isTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  /**
   * Runs a part of a transaction; when it throws, answers the error and undoes what that part wrote.
   * Throws when the failure took the whole transaction with it.
   */
  attempt<Result>(part: () => Result): { readonly result: Result } | { readonly error: unknown } {
    this.run('SAVEPOINT part');
    try {
      const result = part();
      this.run('RELEASE part');
      return { result };
    } catch (error) {
      if (!this.#database.isTransaction) throw error;
      this.run('ROLLBACK TO part');
      this.run('RELEASE part');
      return { error };
    }
  }

  /**
   * Brings everything into the database file and closes it. The library keeps the file open until the statements are
   * collected as garbage; without the checkpoint the log would stay behind full.
   */
  close(): void {
    if (!this.#database.isOpen) return;
    try {
      this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // What stays in the log, as on a full disk, is brought in at the next start.
    }
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSyncInstance {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** SQLite would store NaN as NULL. */
function checked(values: SqlValues): SqlValues {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
      throw new TypeError(`${name} is ${value}, which cannot be stored`);
  }
  return values;
}
