import type { DuckDBConnection } from '@duckdb/node-api';

/** Another implementation of Parquet. */
export interface DuckDb {
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** Answers why there is none where its native part is missing, as on platforms without one or after `npm ci --omit=optional`. */
export async function openDuckDb(): Promise<{ readonly duck: DuckDb } | { readonly missing: string }> {
  let api: typeof import('@duckdb/node-api');
  try {
    api = await import('@duckdb/node-api');
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
  const instance = await api.DuckDBInstance.create(':memory:', { threads: '1' });
  const connection: DuckDBConnection = await instance.connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { duck: { rows, close } };
}
