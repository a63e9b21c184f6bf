import { ScannerError } from '@fast-scanner/shared';
import type { ItemQuery, JobItem } from '../store.ts';
import type { Connection, SqlValues } from './connection.ts';
import { toStrictJson } from './strict-json.ts';

const UPSERT = `
  INSERT INTO job_items (job_id, item, kind, exchange, position, status, updated_at, payload_json)
  SELECT id, :item, kind, exchange, :position, :status, :updatedAt, :payload FROM jobs
  WHERE id = :jobId AND swept_at IS NULL
  ON CONFLICT (job_id, item) DO UPDATE SET position = excluded.position, status = excluded.status,
    updated_at = excluded.updated_at, payload_json = excluded.payload_json`;

const SELECT = `SELECT job_id AS jobId, item, position, status, updated_at AS updatedAt, payload_json AS payload
  FROM job_items`;

const SELECT_NEWEST = `${SELECT} WHERE kind = :kind AND item = :item
  AND (:exchange IS NULL OR exchange = :exchange)
  AND (:statuses IS NULL OR status IN (SELECT value FROM json_each(:statuses)))
  ORDER BY updated_at DESC LIMIT 1`;

/** The rows of the jobs' items. */
export class ItemTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put(item: JobItem): void {
    const changed = this.#connection.run(UPSERT, { ...item, payload: toStrictJson(item.payload) });
    if (changed === 0) throw this.#refusal(item.jobId);
  }

  /** Deletes all items of a job. */
  delete(jobId: string): void {
    this.#connection.run('DELETE FROM job_items WHERE job_id = :jobId', { jobId });
  }

  list(jobId: string): JobItem[] {
    const select = `${SELECT} WHERE job_id = :jobId ORDER BY position, item`;
    return this.#connection.all(select, { jobId }).map(toItem);
  }

  findNewest({ kind, item, exchange, statuses }: ItemQuery): JobItem | null {
    const row = this.#connection.get(SELECT_NEWEST, {
      kind,
      item,
      exchange: exchange ?? null,
      statuses: statuses ? toStrictJson(statuses) : null,
    });
    return row ? toItem(row) : null;
  }

  #refusal(jobId: string): ScannerError {
    const isKnown = this.#connection.get('SELECT 1 FROM jobs WHERE id = :jobId', { jobId }) !== undefined;
    return new ScannerError(
      'conflict',
      isKnown ? `job ${jobId} is swept and takes no items any more` : `there is no job ${jobId}`,
    );
  }
}

function toItem(row: SqlValues): JobItem {
  return { ...row, payload: JSON.parse(String(row['payload'])) } as unknown as JobItem; // selected field by field
}
