import {
  type CancelMarketJobResponse,
  type MarketJob,
  type MarketJobsQuery,
  type MarketJobsResponse,
  type MarketScanRequest,
  type MarketScanResultResponse,
  ScannerError,
  type StartMarketScanResponse,
  type StrategiesResponse,
  type SweepRequest,
  type SweepResultResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { Store } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { closedError } from '../common/closed-error.ts';
import { JobDesk } from '../common/job-desk.ts';
import { createJobRetention } from '../common/job-retention.ts';
import type { JobContext } from './job-context.ts';
import { toMarketJob } from './market-job-view.ts';
import { MarketScanArchive } from './market-scan-archive.ts';
import { MarketScanAtWork } from './market-scan-at-work.ts';
import { type IntakeOptions, type MarketRequest, MarketScanIntake } from './market-scan-intake.ts';
import { MarketScanLedger } from './market-scan-ledger.ts';
import { isEnded, MARKET_SCAN_JOB, type MarketScanItem, type MarketScanJob } from './market-scan-record.ts';
import type { MarketJobCounts, MarketScanService, StartMarketScanOptions } from './market-scan-service.ts';
import type { StrategyBook } from './strategy-book.ts';

export interface MarketScansOptions extends Omit<JobContext, 'historyDeadlineMs'> {
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly strategies: StrategyBook;
  /** How long the results and events of ended jobs are kept. */
  readonly retentionMs: number;
  /** How long their summaries are kept. */
  readonly historyMs: number;
  /** Longest time reading one symbol may take. Default 120,000. */
  readonly historyDeadlineMs?: number;
  /** Most jobs at work. Default 3. */
  readonly maxRunning?: number;
  /** Most jobs that wait. Default 20. */
  readonly maxQueued?: number;
}

const HEARTBEAT_INTERVAL_MS = 15_000;

/** Backtests of one strategy over a whole market, each a job that survives everything. */
export class MarketScans implements MarketScanService {
  readonly #options: MarketScansOptions;
  readonly #archive: MarketScanArchive;
  readonly #intake: MarketScanIntake;
  readonly #desk: JobDesk<MarketScanLedger, MarketScanAtWork>;
  readonly #watchdog: PeriodicTask;
  readonly #retention: PeriodicTask;
  #accepting: Promise<unknown> = Promise.resolve();
  #isOpen = false;
  #accepted = 0;

  constructor(options: MarketScansOptions) {
    const { historyDeadlineMs = 120_000, maxRunning = 3, maxQueued = 20, clock, onBug } = options;
    this.#options = options;
    this.#archive = new MarketScanArchive(options.store);
    this.#intake = new MarketScanIntake(options);
    const context = { ...options, historyDeadlineMs };
    this.#desk = new JobDesk({
      noun: 'market scans',
      maxRunning,
      maxQueued,
      createWork: (ledger: MarketScanLedger) => new MarketScanAtWork(ledger, context),
      onBug,
    });
    this.#watchdog = new PeriodicTask({
      clock,
      intervalMs: HEARTBEAT_INTERVAL_MS,
      work: () => this.#watch(),
      onError: onBug,
    });
    this.#retention = createJobRetention({ ...options, kind: MARKET_SCAN_JOB, topics: [] });
  }

  /** Resumes what the last process left unfinished. */
  async open(): Promise<void> {
    await this.#adopt();
    if (this.#desk.isClosed) return;
    this.#isOpen = true;
    this.#watchdog.start();
    this.#retention.start();
  }

  /** Stops intake and all jobs; unfinished ones go on at the next start. Idempotent. */
  async close(): Promise<void> {
    await this.#desk.close();
    if (this.#isOpen) await Promise.all([this.#watchdog.stop(), this.#retention.stop()]);
    await this.#accepting;
  }

  get counts(): MarketJobCounts {
    return { ...this.#desk.counts, accepted: this.#accepted };
  }

  start(request: MarketScanRequest, options?: StartMarketScanOptions): Promise<StartMarketScanResponse> {
    return this.#start(request, options);
  }

  startSweep(request: SweepRequest, options?: StartMarketScanOptions): Promise<StartMarketScanResponse> {
    return this.#start(request, options);
  }

  async scanNow(request: MarketScanRequest, signal: AbortSignal): Promise<MarketScanResultResponse> {
    signal.throwIfAborted();
    const { id } = await this.#accept(request, { priority: 'interactive' });
    const cancel = () => void this.#desk.cancel(id);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    await this.#desk.get(id)?.ended;
    signal.removeEventListener('abort', cancel);
    const job = await this.#archive.load(id);
    if (!isEnded(job)) throw closedError();
    if (job.status !== 'completed') throw toJobError(job);
    return this.result(id);
  }

  async job(jobId: string): Promise<MarketJob | null> {
    const job = this.#desk.get(jobId)?.ledger.job ?? (await this.#archive.find(jobId));
    return job && toMarketJob(job);
  }

  jobs(query: MarketJobsQuery): Promise<MarketJobsResponse> {
    return this.#archive.page(query);
  }

  async result(jobId: string): Promise<MarketScanResultResponse> {
    const outcome = await this.#archive.outcome(await this.#archive.load(jobId), 'complete');
    return { success: true, ...outcome };
  }

  async sweepResult(jobId: string): Promise<SweepResultResponse> {
    const outcome = await this.#archive.outcome(await this.#archive.load(jobId), 'sweepComplete');
    return { success: true, ...outcome };
  }

  async cancel(jobId: string): Promise<CancelMarketJobResponse> {
    const wasHere = await this.#desk.cancel(jobId);
    const job = await this.#archive.load(jobId);
    if (!isEnded(job)) throw closedError();
    const message = job.status === 'cancelled' && wasHere ? 'Job cancelled' : `Job already ${job.status}`;
    return { success: true, message, job_id: jobId, status: job.status };
  }

  strategies(): StrategiesResponse {
    return this.#options.strategies.describe();
  }

  async #start(
    request: MarketRequest,
    options: StartMarketScanOptions = {},
  ): Promise<StartMarketScanResponse> {
    const job = await this.#accept(request, { ...options, priority: 'background' });
    const { status } = this.#desk.get(job.id)?.ledger.job ?? job;
    return { success: true, job_id: job.id, status, created_at: toIsoTime(job.createdAt) };
  }

  async #accept(
    request: MarketRequest,
    options: Partial<IntakeOptions> & Pick<IntakeOptions, 'priority'>,
  ): Promise<MarketScanJob> {
    if (this.#desk.isClosed) throw closedError();
    const { idempotencyKey, priority } = options;
    const known = await this.#intake.findByKey(request, idempotencyKey);
    if (known) return known;
    const accepting = this.#desk.promise(async () => {
      const { job, isNew } = await this.#intake.accept(request, { idempotencyKey, priority });
      if (!isNew) return job;
      this.#desk.admit(this.#toLedger(job, []));
      this.#accepted += 1;
      return job;
    });
    this.#accepting = Promise.allSettled([this.#accepting, accepting]);
    return accepting;
  }

  async #watch(): Promise<void> {
    for (const { ledger, work } of this.#desk.all()) {
      if (work) await ledger.beat().catch(() => undefined); // it has just ended, or the store is down and says so elsewhere
    }
    await this.#adopt();
  }

  async #adopt(): Promise<void> {
    for (const job of await this.#archive.unfinished()) {
      if (this.#desk.isClosed) return;
      if (this.#desk.get(job.id)) continue;
      const items = await this.#archive.items(job.id);
      if (!this.#desk.get(job.id)) this.#desk.admit(this.#toLedger(job, items));
    }
  }

  #toLedger(job: MarketScanJob, items: readonly MarketScanItem[]): MarketScanLedger {
    return new MarketScanLedger(job, items, this.#options);
  }
}

function toJobError({ id, error }: MarketScanJob): ScannerError {
  return error
    ? new ScannerError(error.code, error.detail)
    : new ScannerError('cancelled', `market scan ${id} was cancelled`);
}
