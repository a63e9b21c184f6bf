import {
  type AlertRules,
  type AlertRulesResponse,
  type AlertsQuery,
  type AlertsResponse,
  type CancelScanResponse,
  type Clock,
  type ErrorCode,
  type QuickScanRequest,
  type ResultsQuery,
  type ResultsResponse,
  type ScanDiffResponse,
  type ScanEvents,
  ScannerError,
  type ScanResponse,
  type ScanStatusResponse,
  type ScanSummary,
  type ScansQuery,
  type ScansResponse,
  type Schedule,
  type ScheduleResponse,
  type SymbolQuery,
  type SymbolResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { EventEmitter } from 'eventemitter3';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store, StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { type ActiveScan, ActiveScans } from './active-scans.ts';
import { AlertBook } from './alert-book.ts';
import type { Analyst } from './analyst.ts';
import { ChangeTracker } from './change-tracker.ts';
import { DEFAULT_UNIVERSE } from './default-universe.ts';
import type { FastScannerEvents } from './fast-scanner-events.ts';
import {
  type FastScannerService,
  type StartedScan,
  type StartScanOptions,
  scanStreamId,
} from './fast-scanner-service.ts';
import { toQuickScanResponse } from './quick-scan-response.ts';
import { ScanArchive } from './scan-archive.ts';
import { summarizeFailures } from './scan-failure.ts';
import { ScanIntake } from './scan-intake.ts';
import { ScanLedger } from './scan-ledger.ts';
import { SCAN_JOB, type ScanItem, type ScanJob, toScanJob } from './scan-record.ts';
import { ScanRetention } from './scan-retention.ts';
import type { ScanRunContext } from './scan-run.ts';
import { ScanSchedule } from './scan-schedule.ts';
import { ScanViews } from './scan-views.ts';

export interface FastScannerOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly analyst: Analyst;
  readonly quickQueue: WorkQueue;
  readonly deepQueue: WorkQueue;
  /** Used until somebody changes the schedule. */
  readonly schedule: Schedule;
  readonly universe: readonly string[] | null;
  /** How long ended scans are kept. */
  readonly retentionMs: number;
  /** Longest time one symbol may take in one phase. Default 30,000. */
  readonly symbolDeadlineMs?: number;
  /** Most scans at once. Default 20. */
  readonly maxActiveScans?: number;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** A scan that crashed the process this often is given up. */
const MAX_ATTEMPTS = 5;
const CANCELLED = { code: 'cancelled', detail: 'the scan was cancelled' } as const;

/**
 * The two-phase scanner: phase 1 answers with quick signals of the whole universe, phase 2 analyses them one by one and
 * says so through the event log. Emits every event also locally, once it is stored.
 */
export class FastScanner extends EventEmitter<FastScannerEvents> implements FastScannerService {
  readonly #options: FastScannerOptions;
  readonly #active = new ActiveScans();
  readonly #archive: ScanArchive;
  readonly #intake: ScanIntake;
  readonly #schedule: ScanSchedule;
  readonly #alerts: AlertBook;
  readonly #changes: ChangeTracker;
  readonly #retention: ScanRetention;
  readonly #views: ScanViews;
  #scheduledScanId: string | null = null;
  readonly #closing = new AbortController();
  /** Scans on their way from the request to the first symbol. */
  readonly #starting = new Set<Promise<StartedScan>>();
  #opening: Promise<void> = Promise.resolve();

  constructor(options: FastScannerOptions) {
    super();
    this.#options = options;
    this.#archive = new ScanArchive(options.store, (scanId, symbol) =>
      this.#active.isAnalyzing(scanId, symbol),
    );
    this.#intake = new ScanIntake(options);
    this.#alerts = new AlertBook(options.store, options.clock);
    this.#changes = new ChangeTracker({
      archive: this.#archive,
      alerts: this.#alerts,
      eventLog: options.eventLog,
      clock: options.clock,
      onEvents: (events) => this.#emitAll(events),
    });
    this.#schedule = new ScanSchedule({
      store: options.store,
      clock: options.clock,
      defaults: options.schedule,
      startScan: (schedule, slot) => this.#startScheduled(schedule, slot),
      isBusy: () => this.#scheduledScanId !== null && this.#active.get(this.#scheduledScanId) !== undefined,
      onBug: options.onBug,
    });
    this.#retention = new ScanRetention(options);
    const { feeds, deepQueue, clock } = options;
    this.#views = new ScanViews({
      archive: this.#archive,
      active: this.#active,
      schedule: this.#schedule,
      feeds,
      deepQueue,
      clock,
    });
  }

  /** Resumes what the last process left unfinished, then starts the schedule. */
  open(): Promise<void> {
    this.#opening = this.#open();
    return this.#opening;
  }

  async #open(): Promise<void> {
    await this.#alerts.open();
    const unfinished = await this.#options.store.listJobs({
      kind: SCAN_JOB,
      statuses: ['queued', 'running'],
      limit: 1000,
    });
    for (const record of unfinished) if (!this.#isClosing) await this.#resume(toScanJob(record));
    if (this.#isClosing) return;
    await this.#schedule.start();
    this.#retention.start();
  }

  /** Stops intake and all scans; unfinished ones go on at the next start. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    await Promise.allSettled([this.#opening, ...this.#starting]);
    await this.#schedule.stop();
    await Promise.all([this.#active.stopAll('shutdown'), this.#retention.stop()]);
  }

  async start(request: QuickScanRequest, options: StartScanOptions = {}): Promise<StartedScan> {
    this.#assertOpen();
    const known = await this.#intake.findByKey(request, options.idempotencyKey);
    if (known) return this.#startedBefore(known);
    this.#admit();
    const starting = this.#start(request, options);
    this.#starting.add(starting);
    return starting.finally(() => this.#starting.delete(starting));
  }

  #admit(): void {
    this.#assertOpen();
    const most = this.#options.maxActiveScans ?? 20;
    if (this.#active.size + this.#starting.size >= most) {
      throw new ScannerError('too_many_jobs', `${most} scans are running already`, { retryAfterMs: 5000 });
    }
  }

  get #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  #assertOpen(): void {
    if (this.#isClosing) throw closedError();
  }

  async #start(request: QuickScanRequest, options: StartScanOptions): Promise<StartedScan> {
    const { signal } = options;
    const stopped = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    const { job, isNew, events } = await this.#intake.accept(request, { ...options, signal: stopped });
    if (!isNew) return this.#startedBefore(job);
    try {
      const scan = await this.#launch(job, []);
      if (signal) cancelOnAbort(scan, signal);
      return { scanId: job.id, quickScan: scan.quickScan };
    } finally {
      this.#emitAll(events); // now that whoever hears of the scan can cancel it
    }
  }

  #startedBefore(job: ScanJob): StartedScan {
    const quickScan = this.#active.get(job.id)?.quickScan ?? this.#loggedQuickScan(job);
    quickScan.catch(() => undefined); // nobody has to wait for it
    return { scanId: job.id, quickScan };
  }

  async cancel(scanId: string): Promise<CancelScanResponse> {
    const active = this.#active.get(scanId);
    active?.run.stop('cancelled');
    await active?.ended;
    const { job } = await this.#archive.load(scanId);
    if (job.status === 'running') throw closedError();
    const message = job.status === 'cancelled' && active ? 'Scan cancelled' : `Scan already ${job.status}`;
    return { success: true, scanId, status: job.status, message };
  }

  results(query: ResultsQuery): Promise<ResultsResponse> {
    return this.#views.results(query);
  }

  symbol(symbol: string, query: SymbolQuery): Promise<SymbolResponse> {
    return this.#views.symbol(symbol, query);
  }

  scanStatus(): Promise<ScanStatusResponse> {
    return this.#views.scanStatus();
  }

  diff(from: string, to: string): Promise<ScanDiffResponse> {
    return this.#views.diff(from, to);
  }

  scans(query: ScansQuery): Promise<ScansResponse> {
    return this.#archive.scans(query);
  }

  scan(scanId: string): Promise<ScanResponse> {
    return this.#archive.scan(scanId);
  }

  summary(scanId: string): Promise<ScanSummary | null> {
    return this.#archive.summary(scanId);
  }

  async schedule(): Promise<ScheduleResponse> {
    return this.#schedule.describe();
  }

  async updateSchedule(schedule: Schedule): Promise<ScheduleResponse> {
    if (schedule.exchange !== null) await this.#options.feeds.get(schedule.exchange);
    return this.#schedule.update(schedule);
  }

  /** Tells everyone who follows a scan on this exchange why it has to wait. */
  reportExchange(exchange: string, code: ErrorCode, detail: string): void {
    for (const { run } of this.#active.all()) {
      if (run.ledger.job.exchange !== exchange) continue;
      run.ledger.write({ events: [['scanError', { code, error: detail }]] }).catch(() => undefined); // it has just ended
    }
  }

  async alerts(query: AlertsQuery): Promise<AlertsResponse> {
    const alerts = this.#alerts.list(query);
    return { success: true, alerts, count: alerts.length, timestamp: toIsoTime(this.#options.clock.now()) };
  }

  async alertRules(): Promise<AlertRulesResponse> {
    return { success: true, rules: [...this.#alerts.rules] };
  }

  async updateAlertRules({ rules }: AlertRules): Promise<AlertRulesResponse> {
    await this.#alerts.update(rules);
    return this.alertRules();
  }

  async #startScheduled(schedule: Schedule, slot: string): Promise<string> {
    const { symbols, exchange, timeframe } = schedule;
    const request = {
      ...(symbols === null ? {} : { symbols }),
      ...(exchange === null ? {} : { exchange }),
      timeframe,
      limit: this.#options.universe?.length ?? DEFAULT_UNIVERSE.length,
      analyze: true,
    };
    const { scanId } = await this.start(request, { trigger: 'scheduled', idempotencyKey: `slot ${slot}` });
    this.#scheduledScanId = scanId;
    return scanId;
  }

  async #resume(stored: ScanJob): Promise<void> {
    const attempts = stored.attempts + 1;
    await this.#options.store.commit({
      changeJobs: [{ id: stored.id, from: ['queued', 'running'], set: { status: 'running', attempts } }],
    });
    const { items } = await this.#archive.load(stored.id);
    try {
      await this.#launch({ ...stored, status: 'running', attempts }, items);
      if (stored.input.trigger === 'scheduled') this.#scheduledScanId = stored.id;
    } catch (error) {
      if (!(error instanceof ScannerError)) this.#options.onBug(error); // the others are in the scan's log
    }
  }

  async #launch(job: ScanJob, items: readonly ScanItem[]): Promise<ActiveScan> {
    const { eventLog, clock } = this.#options;
    const onEvents = (events: readonly StoredEvent[]) => this.#emitAll(events);
    const ledger = new ScanLedger(job, items, { eventLog, clock, onEvents });
    const context = await this.#runContext(job).catch(async (error) => {
      const { code, message: detail } = toScannerError(error);
      await ledger.end('failed', { code, detail });
      throw error;
    });
    this.#assertOpen(); // an accepted scan that comes too late is resumed at the next start
    return this.#active.launch(ledger, context, ({ job: ended }) => this.#changes.announce(ended));
  }

  async #runContext({ attempts, input }: ScanJob): Promise<ScanRunContext> {
    if (attempts > MAX_ATTEMPTS) {
      const detail = `given up after ${MAX_ATTEMPTS} attempts that ended with the process`;
      throw new ScannerError('interrupted', detail);
    }
    const { symbolDeadlineMs = 30_000, feeds, ...rest } = this.#options;
    return {
      ...rest,
      feed: await feeds.get(input.exchange),
      symbolDeadlineMs,
      onProgress: (progress) => this.#tell('scanProgress', progress),
    };
  }

  /** The answer of phase 1 as the log tells it, waiting for it if need be. */
  async #loggedQuickScan(job: ScanJob): StartedScan['quickScan'] {
    const { id } = job;
    const { eventLog, clock } = this.#options;
    for await (const events of eventLog.follow(scanStreamId(id), 0, this.#closing.signal)) {
      const complete = events.find(({ type }) => type === 'quickScanComplete');
      if (!complete) continue;
      const { signals, failures, scanTime } = complete.payload as ScanEvents['quickScanComplete']; // by its type
      const fatal = summarizeFailures(failures, job.input.symbols.length);
      if (fatal) throw fatal;
      return toQuickScanResponse(job, { signals, failures, scanTimeMs: scanTime, now: clock.now() });
    }
    this.#assertOpen();
    const { code, detail } = (await this.#archive.job(id))?.error ?? CANCELLED;
    throw new ScannerError(code, detail);
  }

  #emitAll(events: readonly StoredEvent[]): void {
    for (const { type, payload, seq } of events) {
      // The log carries exactly the events of FastScannerEvents in these two kinds of streams.
      this.#tell(type as keyof FastScannerEvents, { ...payload, seq });
    }
  }

  /** A listener that throws has a bug; nobody else suffers. */
  #tell(name: keyof FastScannerEvents, payload: object): void {
    try {
      this.emit(name, payload as never); // the callers know which payload belongs to the name
    } catch (error) {
      this.#options.onBug(error);
    }
  }
}

function toScannerError(error: unknown): ScannerError {
  if (error instanceof ScannerError) return error;
  return new ScannerError('internal', 'the scan could not be started', { cause: error });
}

/** Cancels the scan when the signal aborts, which may outlive it by far. */
function cancelOnAbort({ run, ended }: ActiveScan, signal: AbortSignal): void {
  const cancel = () => run.stop('cancelled');
  signal.addEventListener('abort', cancel, { once: true });
  void ended.then(() => signal.removeEventListener('abort', cancel));
  if (signal.aborted) cancel();
}

function closedError(): ScannerError {
  return new ScannerError('unavailable', 'the server is shutting down');
}
