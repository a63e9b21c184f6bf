import type { JobStatus } from '@fast-scanner/shared';
import type { JobItem, JobRecord, StoredEvent } from '../store.ts';
import type { Row, Value } from './statements.ts';

const parse = (text: Value | undefined): unknown => JSON.parse(String(text));
const numberOrNull = (value: Value | undefined) =>
  value === null || value === undefined ? null : Number(value);
const textOrNull = (value: Value | undefined) =>
  value === null || value === undefined ? null : String(value);

export function toJobRecord(row: Row): JobRecord {
  return {
    id: String(row['id']),
    kind: String(row['kind']),
    status: String(row['status']) as JobStatus, // only typed records are written
    exchange: textOrNull(row['exchange']),
    input: parse(row['input_json']),
    state: parse(row['state_json']),
    error: parse(row['error_json']),
    attempts: Number(row['attempts']),
    idempotencyKey: textOrNull(row['idempotency_key']),
    createdAt: Number(row['created_at']),
    startedAt: numberOrNull(row['started_at']),
    endedAt: numberOrNull(row['ended_at']),
    heartbeatAt: numberOrNull(row['heartbeat_at']),
  };
}

export function toJobItem(row: Row): JobItem {
  return {
    jobId: String(row['job_id']),
    item: String(row['item']),
    position: Number(row['position']),
    status: String(row['status']),
    payload: parse(row['payload_json']),
    updatedAt: Number(row['updated_at']),
  };
}

export function toStoredEvent(row: Row): StoredEvent {
  return {
    streamId: String(row['stream_id']),
    seq: Number(row['seq']),
    type: String(row['type']),
    payload: parse(row['payload_json']) as object, // only objects are written
    at: Number(row['at']),
  };
}
