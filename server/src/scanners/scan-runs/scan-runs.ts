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
import type { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { Store } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { closedError } from '../common/closed-error.ts';
import { JobDesk } from '../common/job-desk.ts';
import { createJobRetention } from '../common/job-retention.ts';
import { RunArchive, toRunResponse } from './run-archive.ts';
import { RunAtWork, type RunContext } from './run-at-work.ts';
import { type IntakeOptions, RunIntake } from './run-intake.ts';
import { RunLedger } from './run-ledger.ts';
import { isEnded, RUN_JOB, type RunJob, toRunItem } from './run-record.ts';
import { toRunSummary } from './run-views.ts';
import { createRunWatchdog } from './run-watchdog.ts';
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

/** Background runs: the two phases of the scanner under the rules of a mode, each run a job that survives everything. */
export class ScanRuns implements ScanRunsService {
  readonly #options: ScanRunsOptions;
  readonly #archive: RunArchive;
  readonly #intake: RunIntake;
  readonly #desk: JobDesk<RunLedger, RunAtWork>;
  readonly #watchdog: PeriodicTask;
  readonly #retention: PeriodicTask;
  /** Runs on their way from the request to their place at the desk. */
  readonly #accepting = new Set<Promise<RunJob>>();
  #isOpen = false;

  constructor(options: ScanRunsOptions) {
    const { symbolDeadlineMs = 30_000, maxRunning = 3, maxQueued = 20 } = options;
    this.#options = options;
    this.#archive = new RunArchive(options.store);
    this.#intake = new RunIntake(options);
    const context = { ...options, symbolDeadlineMs };
    this.#desk = new JobDesk({
      noun: 'runs',
      maxRunning,
      maxQueued,
      createWork: (ledger: RunLedger) => new RunAtWork(ledger, context),
      onBug: options.onBug,
    });
    this.#watchdog = createRunWatchdog({ ...options, desk: this.#desk, adopt: () => this.#adopt() });
    this.#retention = createJobRetention({ ...options, kind: RUN_JOB, topics: [RUNS_TOPIC_STREAM] });
  }

  /** Resumes what the last process left unfinished. */
  async open(): Promise<void> {
    await this.#adopt();
    if (this.#desk.isClosed) return;
    this.#isOpen = true;
    this.#watchdog.start();
    this.#retention.start();
  }

  /** Stops intake and all runs; unfinished ones go on at the next start. Idempotent. */
  async close(): Promise<void> {
    await this.#desk.close();
    if (this.#isOpen) await Promise.all([this.#watchdog.stop(), this.#retention.stop()]);
    await Promise.allSettled(this.#accepting);
  }

  get counts(): RunCounts {
    return this.#desk.counts;
  }

  async start(request: RunRequest, options: StartRunOptions = {}): Promise<StartRunResponse> {
    const job = await this.#accept(request, { ...options, priority: 'background' });
    return {
      success: true,
      run_id: job.id,
      status: this.#current(job).status,
      created_at: toIsoTime(job.createdAt),
    };
  }

  async scanNow(request: RunRequest, signal: AbortSignal): Promise<RunSignalsResponse> {
    signal.throwIfAborted();
    const { id } = await this.#accept(request, { priority: 'interactive' });
    const cancel = () => void this.#desk.cancel(id);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    await this.#desk.get(id)?.ended;
    signal.removeEventListener('abort', cancel);
    const job = await this.#archive.load(id);
    if (!isEnded(job)) throw closedError();
    if (job.status !== 'completed') throw toRunError(job);
    return { success: true, run_id: id, ...(await this.#archive.findings(job)) };
  }

  async run(runId: string): Promise<RunResponse> {
    const seat = this.#desk.get(runId);
    const job = seat?.ledger.job ?? (await this.#archive.load(runId));
    const { currentSymbol = null, etaSeconds = null } = seat?.work ?? {};
    const answer = toRunResponse(job, { current_symbol: currentSymbol, eta_seconds: etaSeconds });
    return isEnded(job) ? { ...answer, ...(await this.#archive.findings(job)) } : answer;
  }

  async summary(runId: string): Promise<RunSummary | null> {
    const job = this.#desk.get(runId)?.ledger.job ?? (await this.#archive.find(runId));
    return job && toRunSummary(job);
  }

  runs(query: RunsQuery): Promise<RunsResponse> {
    return this.#archive.page(query);
  }

  async cancel(runId: string): Promise<CancelRunResponse> {
    const wasHere = await this.#stop(runId);
    const job = await this.#archive.load(runId);
    if (!isEnded(job)) throw closedError();
    const message = job.status === 'cancelled' && wasHere ? 'Job cancelled' : `Job already ${job.status}`;
    return { success: true, message, run_id: runId, status: job.status };
  }

  diff(fromRunId: string, toRunId: string): Promise<RunDiffResponse> {
    return this.#archive.diff(fromRunId, toRunId);
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
    for (const { ledger, work } of this.#desk.all()) {
      if (!work || ledger.job.exchange !== exchange) continue;
      ledger.report({ code, error: detail }).catch(() => undefined); // it has just ended
    }
  }

  async #accept(
    request: RunRequest,
    options: Partial<IntakeOptions> & Pick<IntakeOptions, 'priority'>,
  ): Promise<RunJob> {
    if (this.#desk.isClosed) throw closedError();
    const { idempotencyKey, priority } = options;
    const known = await this.#intake.findByKey(request, idempotencyKey);
    if (known) return known;
    const accepting = this.#desk.promise(async () => {
      const { job, isNew } = await this.#intake.accept(request, { idempotencyKey, priority });
      if (isNew) this.#desk.admit(this.#toLedger(job, []));
      return job;
    });
    this.#accepting.add(accepting);
    return accepting.finally(() => this.#accepting.delete(accepting));
  }

  /** Stops a run and waits for its end; false when it is not here. */
  async #stop(runId: string): Promise<boolean> {
    if (await this.#desk.cancel(runId)) return true;
    if (isEnded(await this.#archive.load(runId))) return false;
    await Promise.allSettled(this.#accepting); // stored a moment ago, it may not have its place yet
    return this.#desk.cancel(runId);
  }

  async #adopt(): Promise<void> {
    const unfinished = await this.#archive.unfinished();
    await Promise.allSettled(this.#accepting); // those of the list have their place now
    for (const { id } of unfinished) {
      if (this.#desk.isClosed) return;
      if (!this.#desk.get(id)) await this.#adoptOrphan(id);
    }
  }

  /** A run that has left the desk since the list was read is ended, and read as that. */
  async #adoptOrphan(runId: string): Promise<void> {
    const job = await this.#archive.load(runId);
    if (isEnded(job)) return;
    const items = await this.#options.store.listItems(runId);
    this.#desk.admit(this.#toLedger(job, items.map(toRunItem)));
  }

  #toLedger(job: RunJob, items: ConstructorParameters<typeof RunLedger>[1]): RunLedger {
    return new RunLedger(job, items, this.#options);
  }

  /** The run as it stands in this process. */
  #current(job: RunJob): RunJob {
    return this.#desk.get(job.id)?.ledger.job ?? job;
  }
}

function toRunError({ id, error }: RunJob): ScannerError {
  return error
    ? new ScannerError(error.code, error.detail)
    : new ScannerError('cancelled', `run ${id} was cancelled`);
}
