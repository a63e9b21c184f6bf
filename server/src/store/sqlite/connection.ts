import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

export type SqlValue = string | number | Uint8Array | null;
/** Values by the names they have in the SQL, without the colon. */
export type SqlValues = Readonly<Record<string, SqlValue>>;

/** How long to wait for a lock of another program, such as a backup tool. The event loop stands still meanwhile. */
const BUSY_TIMEOUT_MS = 1000;

/** A value's name in SQL; texts of the SQL have no colons. */
const PARAMETER = /:([a-zA-Z]+)/g;

interface Prepared {
  readonly statement: StatementSyncInstance;
  /** Names of its values in the order of its question marks; one that stands twice is there twice. */
  readonly parameters: readonly string[];
  /** Of the rows it answers. */
  readonly columns: readonly string[];
}

/** One connection to a database file, with its prepared statements, its transactions and their savepoints. */
export class Connection {
  readonly #database: DatabaseSyncInstance;
  readonly #prepared = new Map<string, Prepared>();

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
    const { statement, parameters } = this.#prepare(sql);
    return statement.run(...inOrder(parameters, values)).changes;
  }

  get(sql: string, values: SqlValues = {}): SqlValues | undefined {
    const { statement, parameters, columns } = this.#prepare(sql);
    const cells: readonly SqlValue[] | undefined = statement.get(...inOrder(parameters, values));
    return cells && toRow(columns, cells);
  }

  all(sql: string, values: SqlValues = {}): SqlValues[] {
    const { statement, parameters, columns } = this.#prepare(sql);
    return statement.all(...inOrder(parameters, values)).map((cells) => toRow(columns, cells));
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

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    // The library takes values by position, and gives rows as arrays, three times as fast as by name.
    const statement = this.#database.prepare(sql.replace(PARAMETER, '?'));
    statement.setReturnArrays(true);
    const parameters = [...sql.matchAll(PARAMETER)].map(([, name = '']) => name);
    const prepared = { statement, parameters, columns: statement.columns().map(({ name }) => name) };
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

/** SQLite would store NaN and what is missing as NULL. */
function inOrder(parameters: readonly string[], values: SqlValues): SqlValue[] {
  return parameters.map((name) => {
    const value = values[name];
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
      throw new TypeError(`${name} is ${value}, which cannot be stored`);
    return value;
  });
}

function toRow(columns: readonly string[], cells: readonly SqlValue[]): SqlValues {
  const row: Record<string, SqlValue> = {};
  columns.forEach((column, index) => {
    row[column] = cells[index] ?? null;
  });
  return row;
}
