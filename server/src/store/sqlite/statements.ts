import type { DatabaseSyncInstance } from '@photostructure/sqlite';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Prepared statements of one database, each prepared once. */
export class Statements {
  readonly #database: DatabaseSyncInstance;
  readonly #prepared = new Map<string, ReturnType<DatabaseSyncInstance['prepare']>>();

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Answers how many rows changed. */
  run(sql: string, ...values: Value[]): number {
    return this.#prepare(sql).run(...values).changes;
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  #prepare(sql: string): ReturnType<DatabaseSyncInstance['prepare']> {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
