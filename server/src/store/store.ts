import type { JobStatus, SignalOutcome } from '@fast-scanner/shared';
import type { SignalArchive, SignalRecord } from './signal-record.ts';

/** A job as stored. Times are epoch ms UTC. `input`, `state` and `error` are JSON values. */
export interface JobRecord {
  readonly id: string;
  /** Which scanner it belongs to, such as `scan`. */
  readonly kind: string;
  readonly status: JobStatus;
  /** Exchange the job works on, for filtering; `null` when it has none. */
  readonly exchange: string | null;
  /** What was asked; never changes. */
  readonly input: unknown;
  /** What the job knows of itself beside its items; owned by its scanner. */
  readonly state: unknown;
  readonly error: unknown;
  /** How often the job was started, resumes included. */
  readonly attempts: number;
  readonly idempotencyKey: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly heartbeatAt: number | null;
  /** When its items and events were swept while this row stayed; `null` while they are kept. Set by `sweepEndedJobs` alone. */
  readonly sweptAt: number | null;
}

/** The memoised result of one item (a symbol) of a job. */
export interface JobItem {
  readonly jobId: string;
  readonly item: string;
  /** Position in the request, 0-based. */
  readonly position: number;
  readonly status: string;
  /** JSON value. */
  readonly payload: unknown;
  readonly updatedAt: number;
}

/** A durable event before the log numbers it. */
export interface NewEvent {
  readonly type: string;
  /** JSON object without `seq`. */
  readonly payload: object;
}

export interface StoredEvent extends NewEvent {
  readonly streamId: string;
  /** 1, 2, 3 … without a hole within its stream. */
  readonly seq: number;
  readonly at: number;
}

export interface StreamAppend {
  readonly streamId: string;
  /** None is a no-op, and a bug (`TypeError`) when `terminal`. */
  readonly events: readonly NewEvent[];
  /** The last of these events ends the stream; appending to an ended stream is refused with `conflict`. */
  readonly terminal?: boolean;
}

/** Compare-and-set of a job's row. */
export interface JobChange {
  readonly id: string;
  /** The change is refused with `conflict` unless the job is in one of these. */
  readonly from: readonly JobStatus[];
  readonly set: Partial<
    Omit<JobRecord, 'id' | 'kind' | 'input' | 'createdAt' | 'idempotencyKey' | 'sweptAt'>
  >;
}

/**
 * Everything in one batch is written, or nothing is. Jobs are created first, then changed, then items, settings and signals put, then
 * outcomes, then events appended. Payloads must be JSON values that come back unchanged (no NaN, no instances of classes; `undefined` properties are
 * left out): anything else is a bug and refused with a `TypeError`.
 */
export interface WriteBatch {
  readonly createJobs?: readonly JobRecord[];
  readonly changeJobs?: readonly JobChange[];
  readonly putItems?: readonly JobItem[];
  readonly appendEvents?: readonly StreamAppend[];
  /** `null` deletes the key. */
  readonly putSettings?: Readonly<Record<string, unknown>>;
  /**
   * Of a signal that is kept already only what was `null` before is filled in, see `fillSignal`; its outcome and everything that was said
   * stay. A batch of a few hundred holds the event loop for some milliseconds.
   */
  readonly putSignals?: readonly SignalRecord[];
  /** Outcomes of signals that have none; of others, and of signals that are kept no more, nothing is changed. */
  readonly settleSignals?: readonly SettledSignal[];
}

export interface SettledSignal {
  readonly id: string;
  readonly outcome: SignalOutcome;
}

export interface CommitResult {
  /** Every appended event with its seq, in the batch's order, as it will be read. */
  readonly events: readonly StoredEvent[];
}

export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** Oldest seq still stored; 1 for an untrimmed or empty stream; `lastSeq + 1` when all is trimmed. */
  readonly firstSeq: number;
  /** Newest seq ever given; 0 for an empty stream. */
  readonly lastSeq: number;
  readonly terminal: boolean;
}

export interface JobQuery {
  readonly kind: string;
  readonly statuses?: readonly JobStatus[];
  readonly exchange?: string;
  /** Only jobs that have an item of this name. */
  readonly item?: string;
  readonly limit: number;
  /** Jobs strictly older than this position, newest first. */
  readonly before?: { readonly createdAt: number; readonly id: string };
}

export interface ItemQuery {
  /** Kind of the job the item belongs to. */
  readonly kind: string;
  readonly item: string;
  readonly exchange?: string;
  readonly statuses?: readonly string[];
}

/**
 * Persistence. A resolved `commit` is on disk. Reads see every resolved commit.
 *
 * Throws `ScannerError`: `conflict` (compare-and-set, ended stream, doubled id or idempotency key, item of an unknown or swept job),
 * `disk_full`, `unavailable`.
 * The contract suite is `test/contracts/store.contract.ts`.
 */
export interface Store extends SignalArchive {
  commit(batch: WriteBatch): Promise<CommitResult>;
  readEvents(streamId: string, afterSeq: number, limit: number): Promise<EventPage>;
  /** Whether the stream is known, even if all its events are trimmed. */
  hasStream(streamId: string): Promise<boolean>;
  getJob(id: string): Promise<JobRecord | null>;
  findJobByKey(kind: string, idempotencyKey: string): Promise<JobRecord | null>;
  /** Newest first. */
  listJobs(query: JobQuery): Promise<readonly JobRecord[]>;
  /** By position. */
  listItems(jobId: string): Promise<readonly JobItem[]>;
  /** The item with the newest `updatedAt` over all jobs of the kind. */
  findNewestItem(query: ItemQuery): Promise<JobItem | null>;
  /** `null` when the key is not set. */
  getSetting(key: string): Promise<unknown>;
  /** Deletes events with `seq ≤ upToSeq`, keeping the stream's numbering. */
  trimEvents(streamId: string, upToSeq: number): Promise<void>;
  /**
   * Deletes the items and events of jobs of the kind that ended before the time and are not swept yet, the oldest end first and at
   * most `limit` jobs (all when absent); answers their ids. The row stays with all it says and gets its `sweptAt`; the stream
   * (`<kind>:<id>`) stays known with its numbering and is ended, so that a swept job takes no items and no events any more.
   * A job is swept in one step, so that it is read whole or swept, however the process ends; only of a stream of more than a few
   * hundred events the oldest go before, as by `trimEvents`.
   */
  sweepEndedJobs(kind: string, endedBefore: number, limit?: number): Promise<readonly string[]>;
  /**
   * Deletes ended jobs of the kind that ended before the time, swept or not, with their items and streams (`<kind>:<id>`);
   * answers their ids.
   */
  deleteEndedJobs(kind: string, endedBefore: number): Promise<readonly string[]>;
  /** Resolves when the store can write; rejects with the reason otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
