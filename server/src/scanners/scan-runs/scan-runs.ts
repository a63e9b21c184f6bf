import {
  type CancelRunResponse,
  type ErrorCode,
  type ModesResponse,
  RUN_MODE_NAMES,
  RUN_MODES,
  type RunDiffResponse,
  type RunRequest,
  type RunResponse,
  type RunSignalsResponse,
  type RunSummary,
  type RunsQuery,
  type RunsResponse,
  runRequestSchema,
  ScannerError,
  type StartRunResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { isEnded } from '../../jobs/job-record.ts';
import type { Store } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { JobHouse, type JobTrade } from '../common/job-house.ts';
import { createRunJob, fingerprintOfRun } from './create-run-job.ts';
import { RunArchive, toRunResponse } from './run-archive.ts';
import { RunAtWork, type RunContext } from './run-at-work.ts';
import { RunLedger, toAnnouncement } from './run-ledger.ts';
import { RUN_JOB, type RunJob, toRunItem, toRunJob } from './run-record.ts';
import { toRunSummary } from './run-views.ts';
import {
  RUNS_TOPIC_STREAM,
  type RunCounts,
  type ScanRunsService,
  type StartRunOptions,
} from './scan-runs-service.ts';

export interface ScanRunsOptions extends Omit<RunContext, 'symbolDeadlineMs'> {
  readonly store: Store;
  readonly eventLog: EventLog;
  /** How long the findings and events of ended runs are kept. */
  readonly retentionMs: number;
  /** How long their summaries are kept. */
  readonly historyMs: number;
  /** Longest time one symbol may take in one phase. Default 30,000. */
  readonly symbolDeadlineMs?: number;
  /** Most runs at work. Default 3. */
  readonly maxRunning?: number;
  /** Most runs that wait. Default 20. */
  readonly maxQueued?: number;
}

/** A run in which no symbol has ended for so long is given up: each symbol has a deadline far below it. */
const STALLED_AFTER_MS = 600_000;

type RunHouse = JobHouse<RunRequest, RunJob, RunLedger, RunAtWork>;

/** Background runs: the two phases of the scanner under the rules of a mode, each run a job that survives everything. */
export class ScanRuns implements ScanRunsService {
  readonly #archive: RunArchive;
  readonly #house: RunHouse;

  constructor(options: ScanRunsOptions) {
    const { maxRunning = 3, maxQueued = 20 } = options;
    this.#archive = new RunArchive(options.store);
    this.#house = new JobHouse(createTrade(options), {
      ...options,
      maxRunning,
      maxQueued,
      topics: [RUNS_TOPIC_STREAM],
    });
  }

  /** Resumes what the last process left unfinished. */
  open(): Promise<void> {
    return this.#house.open();
  }

  /** Stops intake and all runs; unfinished ones go on at the next start. Idempotent. */
  close(): Promise<void> {
    return this.#house.close();
  }

  get counts(): RunCounts {
    const { running, queued } = this.#house.counts;
    return { running, queued };
  }

  async start(request: RunRequest, { idempotencyKey }: StartRunOptions = {}): Promise<StartRunResponse> {
    const { id, status, createdAt } = await this.#house.accept(request, {
      idempotencyKey,
      priority: 'background',
    });
    return { success: true, run_id: id, status, created_at: toIsoTime(createdAt) };
  }

  async scanNow(request: RunRequest, signal: AbortSignal): Promise<RunSignalsResponse> {
    const job = await this.#house.complete(request, signal);
    return { success: true, run_id: job.id, ...(await this.#archive.findings(job)) };
  }

  async run(runId: string): Promise<RunResponse> {
    const job = await this.#house.load(runId);
    const { currentSymbol = null, etaSeconds = null } = this.#house.seat(runId)?.work ?? {};
    const answer = toRunResponse(job, { current_symbol: currentSymbol, eta_seconds: etaSeconds });
    return isEnded(job) ? { ...answer, ...(await this.#archive.findings(job)) } : answer;
  }

  async summary(runId: string): Promise<RunSummary | null> {
    const job = await this.#house.find(runId);
    return job && toRunSummary(job);
  }

  runs(query: RunsQuery): Promise<RunsResponse> {
    return this.#archive.page(query);
  }

  async cancel(runId: string): Promise<CancelRunResponse> {
    const { job, message } = await this.#house.cancel(runId);
    return { success: true, message, run_id: runId, status: job.status };
  }

  async diff(fromRunId: string, toRunId: string): Promise<RunDiffResponse> {
    const [from, to] = await Promise.all([this.#house.load(fromRunId), this.#house.load(toRunId)]);
    return this.#archive.diff(from, to);
  }

  modes(): ModesResponse {
    return {
      success: true,
      default_mode: runRequestSchema.parse({}).sniper_mode,
      modes: RUN_MODE_NAMES.map((mode) => {
        const { description, timeframes, primaryTimeframe, criticalTimeframes, ...rules } = RUN_MODES[mode];
        return {
          mode,
          description,
          timeframes: [...timeframes],
          primary_timeframe: primaryTimeframe,
          critical_timeframes: [...criticalTimeframes],
          min_score: rules.minScore,
          min_risk_reward: rules.minRiskReward,
          setup_type: rules.setupType,
        };
      }),
    };
  }

  /** Tells everyone who follows a run on this exchange why it has to wait. */
  reportExchange(exchange: string, code: ErrorCode, detail: string): void {
    for (const { ledger, work } of this.#house.seats()) {
      if (!work || ledger.job.exchange !== exchange) continue;
      ledger.report({ code, error: detail }).catch(() => undefined); // it has just ended
    }
  }
}

function createTrade(options: ScanRunsOptions): JobTrade<RunRequest, RunJob, RunLedger, RunAtWork> {
  const { symbolDeadlineMs = 30_000, clock } = options;
  const context = { ...options, symbolDeadlineMs };
  return {
    noun: 'run',
    kind: RUN_JOB,
    fingerprintOf: fingerprintOfRun,
    createJob: (request, order) => createRunJob(request, order, options),
    announce: (job) => [toAnnouncement(job, job.createdAt)],
    toJob: toRunJob,
    toLedger: (job, items) => new RunLedger(job, items.map(toRunItem), options),
    createWork: (ledger) => new RunAtWork(ledger, context),
    lookAfter: async (ledger, work) => {
      if (clock.monotonic() - work.progressedAt > STALLED_AFTER_MS) work.fail(stalledError());
      else await ledger.beat().catch(() => undefined); // it has just ended, or the store is down and says so elsewhere
    },
  };
}

function stalledError(): ScannerError {
  const detail = `no symbol has ended for ${STALLED_AFTER_MS / 60_000} minutes; start the run again`;
  return new ScannerError('interrupted', detail);
}
