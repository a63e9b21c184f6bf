import { ScannerError } from '@fast-scanner/shared';
import type { JobChange, JobItem, JobRecord, StoredEvent, StreamAppend, WriteBatch } from '../store.ts';
import type { Statements, Value } from './statements.ts';
import { toStrictJson } from './strict-json.ts';

/** Writes one batch inside the caller's transaction; answers its events numbered. Throws without cleaning up. */
export function applyBatch(sql: Statements, batch: WriteBatch, now: number): StoredEvent[] {
  for (const job of batch.createJobs ?? []) insertJob(sql, job);
  for (const change of batch.changeJobs ?? []) changeJob(sql, change);
  for (const item of batch.putItems ?? []) putItem(sql, item);
  for (const [key, value] of Object.entries(batch.putSettings ?? {})) putSetting(sql, key, value);
  return (batch.appendEvents ?? []).flatMap((append) => appendEvents(sql, append, now));
}

function insertJob(sql: Statements, job: JobRecord): void {
  const values = Object.entries(JOB_COLUMNS).map(([field, write]) => write(job[field as keyof JobRecord]));
  const marks = values.map(() => '?').join(', ');
  const columns = Object.keys(JOB_COLUMNS).map((field) => columnOf(field as keyof JobRecord));
  sql.run(`INSERT INTO jobs (${columns.join(', ')}) VALUES (${marks})`, ...values);
}

function changeJob(sql: Statements, { id, from, set }: JobChange): void {
  const fields = Object.keys(set) as (keyof typeof set)[]; // the keys of its own type
  const assignments = fields.map((field) => `${columnOf(field)} = ?`).join(', ');
  const values = fields.map((field) => JOB_COLUMNS[field](set[field]));
  const allowed = from.map(() => '?').join(', ');
  const changed = sql.run(
    `UPDATE jobs SET ${assignments} WHERE id = ? AND status IN (${allowed})`,
    ...values,
    id,
    ...from,
  );
  if (changed === 0) throw new ScannerError('conflict', `job ${id} is not ${from.join(' or ')}`);
}

function putItem(sql: Statements, item: JobItem): void {
  const changed = sql.run(
    `INSERT INTO job_items (job_id, item, kind, exchange, position, status, payload_json, updated_at)
     SELECT id, ?, kind, exchange, ?, ?, ?, ? FROM jobs WHERE id = ?
     ON CONFLICT (job_id, item) DO UPDATE SET position = excluded.position, status = excluded.status,
       payload_json = excluded.payload_json, updated_at = excluded.updated_at`,
    item.item,
    item.position,
    item.status,
    toStrictJson(item.payload),
    item.updatedAt,
    item.jobId,
  );
  if (changed === 0) throw new ScannerError('conflict', `there is no job ${item.jobId}`);
}

function putSetting(sql: Statements, key: string, value: unknown): void {
  if (value === null || value === undefined) sql.run('DELETE FROM settings WHERE key = ?', key);
  else sql.run('INSERT OR REPLACE INTO settings (key, value_json) VALUES (?, ?)', key, toStrictJson(value));
}

function appendEvents(
  sql: Statements,
  { streamId, events, terminal = false }: StreamAppend,
  at: number,
): StoredEvent[] {
  if (events.length === 0) return [];
  sql.run('INSERT OR IGNORE INTO streams (id) VALUES (?)', streamId);
  const stream = sql.get('SELECT last_seq, terminal FROM streams WHERE id = ?', streamId);
  if (stream?.['terminal']) throw new ScannerError('conflict', `stream ${streamId} has ended`);
  const lastSeq = Number(stream?.['last_seq']);
  const stored = events.map(({ type, payload }, index) => ({
    streamId,
    seq: lastSeq + index + 1,
    type,
    payload,
    at,
  }));
  for (const { seq, type, payload } of stored) {
    const insert = 'INSERT INTO events (stream_id, seq, type, payload_json, at) VALUES (?, ?, ?, ?, ?)';
    sql.run(insert, streamId, seq, type, toStrictJson(payload), at);
  }
  const newLast = lastSeq + events.length;
  sql.run('UPDATE streams SET last_seq = ?, terminal = ? WHERE id = ?', newLast, terminal ? 1 : 0, streamId);
  return stored;
}

const plain = (value: unknown) => (value ?? null) as Value; // strings, numbers and nulls by the record's type

/** How each field of a job is written; the order of an insert. */
const JOB_COLUMNS: Readonly<Record<keyof JobRecord, (value: unknown) => Value>> = {
  id: plain,
  kind: plain,
  status: plain,
  exchange: plain,
  input: toStrictJson,
  state: toStrictJson,
  error: toStrictJson,
  attempts: plain,
  idempotencyKey: plain,
  createdAt: plain,
  startedAt: plain,
  endedAt: plain,
  heartbeatAt: plain,
};

function columnOf(field: keyof JobRecord): string {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return JOB_COLUMNS[field] === toStrictJson ? `${snake}_json` : snake;
}
