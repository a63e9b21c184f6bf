import {
  type CancelMarketJobResponse,
  type MarketJob,
  type MarketJobsQuery,
  type MarketJobsResponse,
  type MarketScanRequest,
  type MarketScanResultResponse,
  type StartMarketScanResponse,
  type StrategiesResponse,
  type SweepRequest,
  type SweepResultResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import type { Store } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { JobHouse, type JobTrade } from '../common/job-house.ts';
import {
  createMarketScanJob,
  fingerprintOfMarketScan,
  type MarketRequest,
} from './create-market-scan-job.ts';
import type { JobContext } from './job-context.ts';
import { toMarketJob } from './market-job-view.ts';
import { MarketScanArchive } from './market-scan-archive.ts';
import { MarketScanAtWork } from './market-scan-at-work.ts';
import { MarketScanLedger } from './market-scan-ledger.ts';
import {
  MARKET_SCAN_JOB,
  type MarketScanJob,
  toMarketScanItem,
  toMarketScanJob,
} from './market-scan-record.ts';
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

type MarketHouse = JobHouse<MarketRequest, MarketScanJob, MarketScanLedger, MarketScanAtWork>;

/** Backtests of one strategy over a whole market, each a job that survives everything. */
export class MarketScans implements MarketScanService {
  readonly #strategies: StrategyBook;
  readonly #archive: MarketScanArchive;
  readonly #house: MarketHouse;

  constructor(options: MarketScansOptions) {
    const { maxRunning = 3, maxQueued = 20 } = options;
    this.#strategies = options.strategies;
    this.#archive = new MarketScanArchive(options.store);
    this.#house = new JobHouse(createTrade(options), { ...options, maxRunning, maxQueued, topics: [] });
  }

  /** Resumes what the last process left unfinished. */
  open(): Promise<void> {
    return this.#house.open();
  }

  /** Stops intake and all jobs; unfinished ones go on at the next start. Idempotent. */
  close(): Promise<void> {
    return this.#house.close();
  }

  get counts(): MarketJobCounts {
    return this.#house.counts;
  }

  start(request: MarketScanRequest, options?: StartMarketScanOptions): Promise<StartMarketScanResponse> {
    return this.#start(request, options);
  }

  startSweep(request: SweepRequest, options?: StartMarketScanOptions): Promise<StartMarketScanResponse> {
    return this.#start(request, options);
  }

  async scanNow(request: MarketScanRequest, signal: AbortSignal): Promise<MarketScanResultResponse> {
    const { id } = await this.#house.complete(request, signal);
    return this.result(id);
  }

  async job(jobId: string): Promise<MarketJob | null> {
    const job = await this.#house.find(jobId);
    return job && toMarketJob(job);
  }

  jobs(query: MarketJobsQuery): Promise<MarketJobsResponse> {
    return this.#archive.page(query);
  }

  async result(jobId: string): Promise<MarketScanResultResponse> {
    const outcome = await this.#archive.outcome(await this.#house.load(jobId), 'complete');
    return { success: true, ...outcome };
  }

  async sweepResult(jobId: string): Promise<SweepResultResponse> {
    const outcome = await this.#archive.outcome(await this.#house.load(jobId), 'sweepComplete');
    return { success: true, ...outcome };
  }

  async cancel(jobId: string): Promise<CancelMarketJobResponse> {
    const { job, message } = await this.#house.cancel(jobId);
    return { success: true, message, job_id: jobId, status: job.status };
  }

  strategies(): StrategiesResponse {
    return this.#strategies.describe();
  }

  async #start(
    request: MarketRequest,
    { idempotencyKey }: StartMarketScanOptions = {},
  ): Promise<StartMarketScanResponse> {
    const { id, status, createdAt } = await this.#house.accept(request, {
      idempotencyKey,
      priority: 'background',
    });
    return { success: true, job_id: id, status, created_at: toIsoTime(createdAt) };
  }
}

function createTrade(
  options: MarketScansOptions,
): JobTrade<MarketRequest, MarketScanJob, MarketScanLedger, MarketScanAtWork> {
  const { historyDeadlineMs = 120_000 } = options;
  const context = { ...options, historyDeadlineMs };
  return {
    noun: 'market scan',
    kind: MARKET_SCAN_JOB,
    fingerprintOf: fingerprintOfMarketScan,
    createJob: (request, order) => createMarketScanJob(request, order, options),
    announce: () => [],
    toJob: toMarketScanJob,
    toLedger: (job, items) => new MarketScanLedger(job, items.map(toMarketScanItem), options),
    createWork: (ledger) => new MarketScanAtWork(ledger, context),
    lookAfter: async (ledger) => {
      await ledger.beat().catch(() => undefined); // it has just ended, or the store is down and says so elsewhere
    },
  };
}
