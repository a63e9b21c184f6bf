import {
  type AlertPreviewQuery,
  type AlertPreviewResponse,
  type AlertRules,
  type AlertRulesResponse,
  type AlertsQuery,
  type AlertsResponse,
  type CancelScanResponse,
  type ChangesQuery,
  type ChangesResponse,
  type Clock,
  type ErrorCode,
  type QuickScanRequest,
  type ResultsQuery,
  type ResultsResponse,
  type ScanDiffResponse,
  type ScanResponse,
  type ScanStatusResponse,
  type ScanSummary,
  type ScansQuery,
  type ScansResponse,
  type Schedule,
  type ScheduleResponse,
  type SymbolQuery,
  type SymbolResponse,
  type Timeframe,
  toIsoTime,
} from '@fast-scanner/shared';
import { EventEmitter } from 'eventemitter3';
import type { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store, StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import type { Analyst } from '../common/analyst.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import { closedError } from '../common/closed-error.ts';
import { DEFAULT_UNIVERSE } from '../common/default-universe.ts';
import type { ModelSource } from '../common/model-source.ts';
import { ActiveScans } from './active-scans.ts';
import { AlertBook } from './alert-book.ts';
import { ChangeTracker } from './change-tracker.ts';
import type { FastScannerEvents } from './fast-scanner-events.ts';
import type { FastScannerService, StartedScan, StartScanOptions } from './fast-scanner-service.ts';
import { PredictionFiller } from './prediction-filler.ts';
import { ScanArchive } from './scan-archive.ts';
import { ScanChanges } from './scan-changes.ts';
import { ScanLauncher } from './scan-launcher.ts';
import { ScanPairs } from './scan-pairs.ts';
import { SCAN_JOB, type ScanJob, toScanJob } from './scan-record.ts';
import { createScanRetention } from './scan-retention.ts';
import { ScanSchedule } from './scan-schedule.ts';
import { ScanViews } from './scan-views.ts';

export interface FastScannerOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly analyst: Analyst;
  readonly models: ModelSource;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
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

/**
 * The two-phase scanner: phase 1 answers with quick signals of the whole universe, phase 2 analyses them one by one and
 * says so through the event log. Emits every event also locally, once it is stored.
 */
export class FastScanner extends EventEmitter<FastScannerEvents> implements FastScannerService {
  readonly #options: FastScannerOptions;
  readonly #active = new ActiveScans();
  readonly #archive: ScanArchive;
  readonly #launcher: ScanLauncher;
  readonly #schedule: ScanSchedule;
  readonly #alerts: AlertBook;
  readonly #tracker: ChangeTracker;
  readonly #filler: PredictionFiller;
  readonly #changes: ScanChanges;
  readonly #retention: PeriodicTask;
  readonly #views: ScanViews;
  #scheduledScanId: string | null = null;
  #opening: Promise<void> = Promise.resolve();

  constructor(options: FastScannerOptions) {
    super();
    this.#options = options;
    this.#archive = new ScanArchive(options.store, (scanId, symbol) =>
      this.#active.isAnalyzing(scanId, symbol),
    );
    this.#launcher = new ScanLauncher({
      ...options,
      archive: this.#archive,
      active: this.#active,
      onEvents: (events) => {
        this.#filler.hear(events);
        this.#emitAll(events);
      },
      onProgress: (progress) => this.#tell('scanProgress', progress),
      onCompleted: (job) => this.#tracker.announce(job),
    });
    this.#filler = new PredictionFiller({ ...options, onEvents: (events) => this.#emitAll(events) });
    this.#alerts = new AlertBook(options.store, options.clock);
    const comparison = {
      archive: this.#archive,
      pairs: new ScanPairs(this.#archive),
      alerts: this.#alerts,
      clock: options.clock,
    };
    this.#changes = new ScanChanges(comparison);
    this.#tracker = new ChangeTracker({
      ...comparison,
      eventLog: options.eventLog,
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
    this.#retention = createScanRetention(options);
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
    await this.#tracker.catchUp().catch(this.#options.onBug);
    const unfinished = await this.#options.store.listJobs({
      kind: SCAN_JOB,
      statuses: ['queued', 'running'],
      limit: 1000,
    });
    for (const record of unfinished) if (!this.#launcher.isClosing) await this.#resume(toScanJob(record));
    if (this.#launcher.isClosing) return;
    await this.#schedule.start();
    this.#retention.start();
  }

  /** Stops intake and all scans; unfinished ones go on at the next start. Idempotent. */
  async close(): Promise<void> {
    const launched = this.#launcher.close();
    await Promise.allSettled([this.#opening]);
    await this.#schedule.stop();
    await Promise.all([launched, this.#retention.stop(), this.#filler.close()]);
  }

  /** Adds what a model that got ready says to the newest completed scan of its exchange and timeframe, in the background. */
  fillPredictions(exchange: string, timeframe: Timeframe): void {
    void this.#filler.fill(exchange, timeframe);
  }

  start(request: QuickScanRequest, options: StartScanOptions = {}): Promise<StartedScan> {
    return this.#launcher.start(request, options);
  }

  async cancel(scanId: string): Promise<CancelScanResponse> {
    const wasActive = await this.#launcher.cancel(scanId);
    const { job } = await this.#archive.load(scanId);
    if (job.status === 'running') throw closedError();
    const message = job.status === 'cancelled' && wasActive ? 'Scan cancelled' : `Scan already ${job.status}`;
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
    return this.#changes.diff(from, to);
  }

  changes(query: ChangesQuery): Promise<ChangesResponse> {
    return this.#changes.changes(query);
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
    await this.#alerts.open();
    const alerts = this.#alerts.list(query);
    return { success: true, alerts, count: alerts.length, timestamp: toIsoTime(this.#options.clock.now()) };
  }

  previewAlerts(query: AlertPreviewQuery): Promise<AlertPreviewResponse> {
    return this.#changes.preview(query);
  }

  async alertRules(): Promise<AlertRulesResponse> {
    await this.#alerts.open();
    return { success: true, rules: [...this.#alerts.rules] };
  }

  async updateAlertRules({ rules }: AlertRules): Promise<AlertRulesResponse> {
    await this.#alerts.open();
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

  async #resume(job: ScanJob): Promise<void> {
    await this.#launcher.resume(job);
    if (job.input.trigger === 'scheduled') this.#scheduledScanId = job.id;
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
