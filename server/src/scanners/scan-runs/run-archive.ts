import {
  type RunDiffResponse,
  type RunResponse,
  type RunSignalsResponse,
  type RunsQuery,
  type RunsResponse,
  ScannerError,
} from '@fast-scanner/shared';
import { isEnded } from '../../jobs/job-record.ts';
import { parseCursor, toCursor } from '../../jobs/page-cursor.ts';
import type { JobQuery, Store } from '../../store/store.ts';
import { compareRuns } from './run-diff.ts';
import { progressOf, RUN_JOB, type RunItem, type RunJob, toRunItem, toRunJob } from './run-record.ts';
import { toMetadata, toRejections, toRunSummary, toSignals } from './run-views.ts';

/** What a run found. */
export type RunFindings = Pick<RunSignalsResponse, 'signals' | 'metadata' | 'rejections'>;

/** Rows looked at together while filtering. */
const CHUNK = 100;

/** Reads runs from the store. */
export class RunArchive {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws ScannerError `gone` with the run's summary once they are swept */
  async items(job: RunJob): Promise<readonly RunItem[]> {
    assertKept(job);
    const items = (await this.#store.listItems(job.id)).map(toRunItem);
    if (items.length < progressOf(job)) await this.#assertStillKept(job.id); // swept since the job was read
    return items;
  }

  /** @throws ScannerError `gone` */
  async findings(job: RunJob): Promise<RunFindings> {
    const items = await this.items(job);
    return { signals: toSignals(items), metadata: toMetadata(job, items), rejections: toRejections(items) };
  }

  /** @throws ScannerError `invalid_input` for a cursor that is none */
  async page({ limit, cursor, ...filter }: RunsQuery): Promise<RunsResponse> {
    const found: RunJob[] = [];
    let before = cursor === undefined ? undefined : parseCursor(cursor);
    for (;;) {
      const chunk = await this.#chunk(filter, before);
      found.push(...chunk.filter((job) => matches(job, filter)));
      const last = chunk.at(-1);
      if (!last || chunk.length < CHUNK || found.length > limit) break;
      before = last;
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next_cursor = last && found.length > limit ? toCursor(last) : null;
    return { success: true, runs: page.map(toRunSummary), next_cursor };
  }

  /** @throws ScannerError `gone`, `conflict` while one of them is unfinished */
  async diff(from: RunJob, to: RunJob): Promise<RunDiffResponse> {
    const [before, after] = await Promise.all([this.#outcomes(from), this.#outcomes(to)]);
    return { success: true, from: from.id, to: to.id, changes: compareRuns(before, after) };
  }

  async #outcomes(job: RunJob): Promise<readonly RunItem[]> {
    if (!isEnded(job)) throw new ScannerError('conflict', `run ${job.id} is ${job.status}; wait for its end`);
    return this.items(job);
  }

  async #assertStillKept(runId: string): Promise<void> {
    const record = await this.#store.getJob(runId);
    if (record) assertKept(toRunJob(record));
  }

  async #chunk({ status, exchange }: RunFilter, before: JobQuery['before']): Promise<readonly RunJob[]> {
    const records = await this.#store.listJobs({
      kind: RUN_JOB,
      limit: CHUNK,
      ...(before === undefined ? {} : { before }),
      ...(status === undefined ? {} : { statuses: [status] }),
      ...(exchange === undefined ? {} : { exchange }),
    });
    return records.map(toRunJob);
  }
}

function assertKept(job: RunJob): void {
  if (job.sweptAt === null) return;
  const detail = `the findings of run ${job.id} have been swept; what is left is its summary`;
  throw new ScannerError('gone', detail, { summary: toRunSummary(job) });
}

type RunFilter = Omit<RunsQuery, 'limit' | 'cursor'>;

function matches({ id, input, state }: RunJob, { mode, q }: RunFilter): boolean {
  if (mode !== undefined && input.mode !== mode) return false;
  const symbols = state.symbols ?? input.symbols ?? [];
  const wanted = q?.toLowerCase() ?? '';
  return [id, input.mode, input.exchange, ...symbols].some((text) => text.toLowerCase().includes(wanted));
}

export function toRunResponse(
  job: RunJob,
  live: Pick<RunResponse, 'current_symbol' | 'eta_seconds'>,
): RunResponse {
  const { run_id, status, mode, exchange, progress, total, progress_pct, ...times } = toRunSummary(job);
  const { created_at, started_at, completed_at } = times;
  return {
    success: true,
    run_id,
    status,
    mode,
    exchange,
    progress,
    total,
    progress_pct,
    ...live,
    created_at,
    started_at,
    completed_at,
    ...(job.error ? { error: job.error } : {}),
  };
}
