import { Connection, type SqlValues } from '@fast-scanner/server/store/sqlite/connection.ts';

/** A connection that counts rows by transaction and keeps the plans of queries. */
export class RecordingConnection extends Connection {
  /** Rows changed in each transaction. */
  readonly transactions: number[] = [];
  /** What SQLite says of how it runs each query. */
  readonly plans: string[] = [];
  #rows = 0;

  override transaction<Result>(work: () => Result): Result {
    this.#rows = 0;
    try {
      return super.transaction(work);
    } finally {
      this.transactions.push(this.#rows);
    }
  }

  override run(sql: string, values?: SqlValues): number {
    const changed = super.run(sql, values);
    if (/^\s*(INSERT|UPDATE|DELETE)/.test(sql)) this.#rows += changed;
    return changed;
  }

  override get(sql: string, values?: SqlValues): SqlValues | undefined {
    this.#explain(sql, values);
    return super.get(sql, values);
  }

  override all(sql: string, values?: SqlValues): SqlValues[] {
    this.#explain(sql, values);
    return super.all(sql, values);
  }

  #explain(sql: string, values?: SqlValues): void {
    const plan = super.all(`EXPLAIN QUERY PLAN ${sql}`, values);
    this.plans.push(plan.map(({ detail }) => String(detail)).join('; '));
  }
}
