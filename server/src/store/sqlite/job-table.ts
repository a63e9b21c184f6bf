import { ScannerError } from '@fast-scanner/shared';
import type { JobChange, JobQuery, JobRecord } from '../store.ts';
import type { Connection, SqlValue, SqlValues } from './connection.ts';
import { toStrictJson } from './strict-json.ts';

const COLUMNS = {
  id: 'id',
  kind: 'kind',
  status: 'status',
  exchange: 'exchange',
  input: 'input_json',
  state: 'state_json',
  error: 'error_json',
  attempts: 'attempts',
  idempotencyKey: 'idempotency_key',
  createdAt: 'created_at',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  heartbeatAt: 'heartbeat_at',
  sweptAt: 'swept_at',
} as const satisfies Record<keyof JobRecord, string>;

const FIELDS = Object.keys(COLUMNS) as (keyof JobRecord)[]; // the keys of a constant

const INSERT = `INSERT INTO jobs (${FIELDS.map((field) => COLUMNS[field]).join(', ')})
  VALUES (${FIELDS.map((field) => `:${field}`).join(', ')})`;

const SELECT = `SELECT ${FIELDS.map((field) => `${COLUMNS[field]} AS ${field}`).join(', ')} FROM jobs`;

const SELECT_PAGE = `${SELECT} WHERE kind = :kind
  AND (created_at, id) < (ifnull(:beforeTime, 9e999), ifnull(:beforeId, ''))
  AND (:statuses IS NULL OR status IN (SELECT value FROM json_each(:statuses)))
  AND (:exchange IS NULL OR exchange = :exchange)
  AND (:item IS NULL OR EXISTS (SELECT 1 FROM job_items WHERE job_id = jobs.id AND item = :item))
  ORDER BY created_at DESC, id DESC LIMIT :limit`;

const IS_ENDED = `ended_at < :endedBefore AND status NOT IN ('queued', 'running')`;

const IS_DUE = `${IS_ENDED} AND swept_at IS NULL`;

const NO_LIMIT = -1;

/** The jobs' rows. */
export class JobTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  insert(job: JobRecord): void {
    this.#connection.run(INSERT, toValues(job, FIELDS));
  }

  change({ id, from, set }: JobChange): void {
    const record: Partial<JobRecord> = set;
    const fields = FIELDS.filter((field) => record[field] !== undefined);
    // Naming the status at least makes an empty change a mere check.
    const assignments = ['status = status', ...fields.map((field) => `${COLUMNS[field]} = :${field}`)];
    const update = `UPDATE jobs SET ${assignments.join(', ')}
      WHERE id = :jobId AND status IN (SELECT value FROM json_each(:from))`;
    const values = { ...toValues(record, fields), jobId: id, from: toStrictJson(from) };
    if (this.#connection.run(update, values) === 0)
      throw new ScannerError('conflict', `job ${id} is not ${from.join(' or ')}`);
  }

  get(id: string): JobRecord | null {
    return toJob(this.#connection.get(`${SELECT} WHERE id = :id`, { id }));
  }

  findByKey(kind: string, key: string): JobRecord | null {
    return toJob(
      this.#connection.get(`${SELECT} WHERE kind = :kind AND idempotency_key = :key`, { kind, key }),
    );
  }

  list({ kind, statuses, exchange, item, limit, before }: JobQuery): JobRecord[] {
    const rows = this.#connection.all(SELECT_PAGE, {
      kind,
      statuses: statuses ? toStrictJson(statuses) : null,
      exchange: exchange ?? null,
      item: item ?? null,
      limit,
      beforeTime: before?.createdAt ?? null,
      beforeId: before?.id ?? null,
    });
    return rows.flatMap((row) => toJob(row) ?? []);
  }

  /** Ids of the jobs of a kind that ended before the time, the oldest first. */
  listEnded(kind: string, endedBefore: number): string[] {
    const select = `SELECT id FROM jobs WHERE kind = :kind AND ${IS_ENDED} ORDER BY ended_at`;
    return this.#connection.all(select, { kind, endedBefore }).map(({ id }) => String(id));
  }

  /** Ids of the jobs of a kind that ended before the time and are not swept, the oldest first. */
  listDue(kind: string, endedBefore: number, limit = NO_LIMIT): string[] {
    const select = `SELECT id FROM jobs WHERE kind = :kind AND ${IS_DUE} ORDER BY ended_at LIMIT :limit`;
    return this.#connection.all(select, { kind, endedBefore, limit }).map(({ id }) => String(id));
  }

  /** Marks a job as swept. Answers whether it was there, ended before the time and not swept yet. */
  markSwept(id: string, endedBefore: number, now: number): boolean {
    const update = `UPDATE jobs SET swept_at = :now WHERE id = :id AND ${IS_DUE}`;
    return this.#connection.run(update, { id, endedBefore, now }) > 0;
  }

  /** Deletes a job with its items. Answers whether it was there and ended before the time. */
  deleteEnded(id: string, endedBefore: number): boolean {
    return this.#connection.run(`DELETE FROM jobs WHERE id = :id AND ${IS_ENDED}`, { id, endedBefore }) > 0;
  }
}

function toValues(job: Partial<JobRecord>, fields: readonly (keyof JobRecord)[]): SqlValues {
  return Object.fromEntries(fields.map((field) => [field, toValue(field, job[field])]));
}

function toValue(field: keyof JobRecord, value: unknown): SqlValue {
  if (COLUMNS[field].endsWith('_json')) return toStrictJson(value);
  return value as SqlValue; // all other fields are texts, numbers and nulls
}

function toJob(row: SqlValues | undefined): JobRecord | null {
  if (!row) return null;
  const { input, state, error, ...plain } = row;
  const parsed = { input: parse(input), state: parse(state), error: parse(error) };
  return { ...plain, ...parsed } as unknown as JobRecord; // the row was selected field by field
}

function parse(json: SqlValue | undefined): unknown {
  return JSON.parse(String(json));
}
