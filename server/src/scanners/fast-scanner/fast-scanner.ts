import {
  type CancelScanResponse,
  type Clock,
  type ErrorCode,
  type QuickScanRequest,
  type ResultsQuery,
  type ResultsResponse,
  rowsFromColumns,
  type ScanDiffResponse,
  type ScanEvents,
  ScannerError,
  type ScannerStatus,
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
import type { Analyst } from './analyst.ts';
import type { FastScannerEvents } from './fast-scanner-events.ts';
import {
  type FastScannerService,
  SCANS_TOPIC_STREAM,
  type StartedScan,
  type StartScanOptions,
  scanStreamId,
} from './fast-scanner-service.ts';
import { toQuickScanResponse } from './quick-scan-response.ts';
import { ScanArchive } from './scan-archive.ts';
import { compareScans } from './scan-diff.ts';
import { ScanIntake } from './scan-intake.ts';
import { ScanLedger } from './scan-ledger.ts';
import { SCAN_JOB, type ScanItem, type ScanJob, toScanJob, toScanSummary } from './scan-record.ts';
import type { ScanRunContext } from './scan-run.ts';
import { ScanSchedule } from './scan-schedule.ts';

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
const HISTORY_LENGTH = 10;
const RETENTION_SWEEP_MS = 600_000;
const CANCELLED = { code: 'cancelled', detail: 'the scan was cancelled' } as const;
/** Events kept in the topic's log for late readers. */
const TOPIC_EVENTS_KEPT = 10_000;

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
  #scheduledScanId: string | null = null;
  #stopSweep: () => void = () => undefined;
  readonly #closing = new AbortController();
  #starting = 0;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(options: FastScannerOptions) {
    super();
    this.#options = options;
    this.#archive = new ScanArchive(options.store, (scanId, symbol) =>
      this.#active.isAnalyzing(scanId, symbol),
    );
    this.#intake = new ScanIntake(options);
    this.#schedule = new ScanSchedule({
      store: options.store,
      clock: options.clock,
      defaults: options.schedule,
      startScan: (schedule, slot) => this.#startScheduled(schedule, slot),
      isBusy: () => this.#scheduledScanId !== null && this.#active.get(this.#scheduledScanId) !== undefined,
      onBug: options.onBug,
    });
  }

  /** Resumes what the last process left unfinished, then starts the schedule. */
  async open(): Promise<void> {
    const unfinished = await this.#options.store.listJobs({
      kind: SCAN_JOB,
      statuses: ['queued', 'running'],
      limit: 1000,
    });
    for (const record of unfinished) await this.#resume(toScanJob(record));
    await this.#schedule.start();
    this.#sweep();
  }

  /** Stops intake and all scans; unfinished ones go on at the next start. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#stopSweep();
    await this.#schedule.stop();
    await Promise.all([this.#active.stopAll('shutdown'), this.#sweeping]);
  }

  async start(request: QuickScanRequest, options: StartScanOptions = {}): Promise<StartedScan> {
    this.#admit();
    this.#starting += 1;
    try {
      return await this.#start(request, options);
    } finally {
      this.#starting -= 1;
    }
  }

  #admit(): void {
    this.#assertOpen();
    const most = this.#options.maxActiveScans ?? 20;
    if (this.#active.size + this.#starting >= most) {
      throw new ScannerError('too_many_jobs', `${most} scans are running already`, { retryAfterMs: 5000 });
    }
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new ScannerError('unavailable', 'the server is shutting down');
  }

  async #start(request: QuickScanRequest, options: StartScanOptions): Promise<StartedScan> {
    const { job, isNew, events } = await this.#intake.accept(request, options);
    this.#emitAll(events);
    const scan = isNew ? await this.#launch(job, []) : this.#active.get(job.id);
    if (isNew) options.signal?.addEventListener('abort', () => scan?.run.stop('cancelled'), { once: true });
    if (isNew && options.signal?.aborted) scan?.run.stop('cancelled');
    return { scanId: job.id, quickScan: scan?.quickScan ?? this.#loggedQuickScan(job) };
  }

  async cancel(scanId: string): Promise<CancelScanResponse> {
    const active = this.#active.get(scanId);
    active?.run.stop('cancelled');
    await active?.ended;
    const { job } = await this.#archive.load(scanId);
    const message = job.status === 'cancelled' && active ? 'Scan cancelled' : `Scan already ${job.status}`;
    return { success: true, scanId, status: job.status, message };
  }

  async results(query: ResultsQuery): Promise<ResultsResponse> {
    const job =
      query.scanId === undefined
        ? await this.#archive.newestWithSignals()
        : (await this.#archive.load(query.scanId)).job;
    const signals = job ? await this.#archive.query(job.id, query) : [];
    return {
      success: true,
      scanId: job?.id ?? null,
      signals,
      count: signals.length,
      status: await this.#status(),
      timestamp: this.#timestamp(),
    };
  }

  async symbol(symbol: string, { exchange, candles: count }: SymbolQuery): Promise<SymbolResponse> {
    const item = await this.#archive.symbol(symbol, exchange);
    if (!item?.signal) throw new ScannerError('not_found', `${symbol} has not been scanned yet`);
    const { signal, deep } = item;
    const candles = count === 0 ? {} : { candles: await this.#candles(symbol, signal, count) };
    return { success: true, symbol, signal, deepAnalysis: deep, ...candles, timestamp: this.#timestamp() };
  }

  async scanStatus(): Promise<ScanStatusResponse> {
    const history = (await this.#archive.newest(HISTORY_LENGTH)).map(toScanSummary);
    return { success: true, status: await this.#status(), history };
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

  async diff(from: string, to: string): Promise<ScanDiffResponse> {
    await Promise.all([this.#archive.load(from), this.#archive.load(to)]);
    const [before, after] = await Promise.all([this.#archive.results(from), this.#archive.results(to)]);
    return { success: true, from, to, changes: compareScans(before, after) };
  }

  async schedule(): Promise<ScheduleResponse> {
    return this.#schedule.describe();
  }

  async updateSchedule(schedule: Schedule): Promise<ScheduleResponse> {
    if (schedule.exchange !== null) await this.#options.feeds.get(schedule.exchange);
    return this.#schedule.update(schedule);
  }

  /** Tells everyone who follows a scan on this exchange why it has to wait or that it goes on. */
  reportExchange(exchange: string, code: ErrorCode, detail: string): void {
    for (const { run } of this.#active.all()) {
      if (run.ledger.job.exchange !== exchange) continue;
      run.ledger.write({ events: [['scanError', { code, error: detail }]] }).catch(() => undefined); // it has just ended
    }
  }

  async #startScheduled(schedule: Schedule, slot: string): Promise<string> {
    const { symbols, exchange, timeframe } = schedule;
    const request = {
      ...(symbols === null ? {} : { symbols }),
      ...(exchange === null ? {} : { exchange }),
      timeframe,
      limit: 20,
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
    const scan = await this.#launch({ ...stored, status: 'running', attempts }, items).catch(
      this.#options.onBug,
    );
    if (scan && stored.input.trigger === 'scheduled') this.#scheduledScanId = stored.id;
  }

  async #launch(job: ScanJob, items: readonly ScanItem[]): Promise<ActiveScan> {
    const { eventLog, clock } = this.#options;
    this.#assertOpen(); // an accepted scan that comes too late is resumed at the next start
    const onEvents = (events: readonly StoredEvent[]) => this.#emitAll(events);
    const ledger = new ScanLedger(job, items, { eventLog, clock, onEvents });
    try {
      if (job.attempts > MAX_ATTEMPTS) {
        throw new ScannerError(
          'interrupted',
          `given up after ${MAX_ATTEMPTS} attempts that ended with the process`,
        );
      }
      const context = await this.#runContext(job.input.exchange);
      return this.#active.launch(ledger, context, (ended) => this.#announceChanges(ended));
    } catch (error) {
      const { code, message: detail } = toScannerError(error);
      await ledger.end('failed', { code, detail });
      throw error;
    }
  }

  async #runContext(exchange: string): Promise<ScanRunContext> {
    const { symbolDeadlineMs = 30_000, feeds, ...rest } = this.#options;
    return {
      ...rest,
      feed: await feeds.get(exchange),
      symbolDeadlineMs,
      onProgress: (progress) => this.emit('scanProgress', progress),
    };
  }

  /** Compares an ended scan with the one before that asked the same. */
  async #announceChanges({ job }: ScanLedger): Promise<void> {
    const previous = await this.#archive.previousOf(job);
    if (!previous) return;
    const { changes } = await this.diff(previous.id, job.id);
    const ids = { scanId: job.id, previousScanId: previous.id, timestamp: this.#timestamp() };
    const events = changes.map((change) => ({ type: 'signalChanged', payload: { ...ids, ...change } }));
    if (events.length === 0) return;
    this.#emitAll(
      await this.#options.eventLog.commit({ appendEvents: [{ streamId: SCANS_TOPIC_STREAM, events }] }),
    );
  }

  /** The answer of phase 1 as the log tells it, waiting for it if need be. */
  async #loggedQuickScan({ id }: ScanJob): StartedScan['quickScan'] {
    const { eventLog, clock } = this.#options;
    for await (const events of eventLog.follow(scanStreamId(id), 0, this.#closing.signal)) {
      const complete = events.find(({ type }) => type === 'quickScanComplete');
      if (!complete) continue;
      const { signals, failures, scanTime } = complete.payload as ScanEvents['quickScanComplete']; // by its type
      const { job } = await this.#archive.load(id);
      if (job.error) break;
      return toQuickScanResponse(job, { signals, failures, scanTimeMs: scanTime, now: clock.now() });
    }
    this.#assertOpen();
    const { code, detail } = (await this.#archive.job(id))?.error ?? CANCELLED;
    throw new ScannerError(code, detail);
  }

  async #candles(symbol: string, { exchange, timeframe }: SymbolResponse['signal'], count: number) {
    const feed = await this.#options.feeds.get(exchange);
    const { series } = await feed.candles({ symbol, timeframe, count });
    return rowsFromColumns(series).map((row) => [...row]);
  }

  async #status(): Promise<ScannerStatus> {
    const [newest] = await this.#archive.newest(1);
    const shown = await this.#archive.newestWithSignals();
    const { deepQueue } = this.#options;
    const timestamp = newest && toIsoTime(newest.createdAt);
    return {
      isScanning: this.#active.size > 0,
      currentScanId: this.#active.all().at(-1)?.run.ledger.job.id ?? null,
      signalsCount: shown?.state.symbolCount ?? 0,
      backgroundQueueLength: deepQueue.pending + deepQueue.running,
      lastScan:
        newest && timestamp ? { scanId: newest.id, timestamp, symbolCount: newest.state.symbolCount } : null,
      periodicScanningEnabled: this.#schedule.enabled,
      nextScanAt: this.#schedule.nextScanAt,
    };
  }

  #timestamp(): string {
    return toIsoTime(this.#options.clock.now());
  }

  #emitAll(events: readonly StoredEvent[]): void {
    for (const { type, payload, seq } of events) {
      // The log carries exactly the events of FastScannerEvents in these two kinds of streams.
      this.emit(type as keyof FastScannerEvents, { ...payload, seq } as never);
    }
  }

  #sweep(): void {
    this.#stopSweep = this.#options.clock.schedule(RETENTION_SWEEP_MS, () => this.#sweep());
    this.#sweeping = this.#deleteOld().catch(this.#options.onBug);
  }

  async #deleteOld(): Promise<void> {
    const { store, clock, retentionMs } = this.#options;
    await store.deleteEndedJobs(SCAN_JOB, clock.now() - retentionMs);
    const { lastSeq } = await store.readEvents(SCANS_TOPIC_STREAM, 0, 1);
    await store.trimEvents(SCANS_TOPIC_STREAM, lastSeq - TOPIC_EVENTS_KEPT);
  }
}

function toScannerError(error: unknown): ScannerError {
  if (error instanceof ScannerError) return error;
  return new ScannerError('internal', 'the scan could not be started', { cause: error });
}
