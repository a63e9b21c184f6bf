import { type Clock, type QuickScanRequest, type ScanEvents, ScannerError } from '@fast-scanner/shared';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store, StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { closedError } from '../common/closed-error.ts';
import { summarizeFailures } from '../common/summarize-failures.ts';
import type { ActiveScan, ActiveScans } from './active-scans.ts';
import { type StartedScan, type StartScanOptions, scanStreamId } from './fast-scanner-service.ts';
import { toQuickScanResponse } from './quick-scan-response.ts';
import { RetiredSymbols } from './retired-symbols.ts';
import type { ScanArchive } from './scan-archive.ts';
import { ScanIntake } from './scan-intake.ts';
import { ScanLedger } from './scan-ledger.ts';
import type { ScanItem, ScanJob } from './scan-record.ts';
import type { ScanRunContext } from './scan-run.ts';

export interface ScanLauncherOptions extends Omit<ScanRunContext, 'feed' | 'symbolDeadlineMs'> {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly universe: readonly string[] | null;
  readonly archive: ScanArchive;
  readonly active: ActiveScans;
  /** Longest time one symbol may take in one phase. Default 30,000. */
  readonly symbolDeadlineMs?: number;
  /** Most scans at once. Default 20. */
  readonly maxActiveScans?: number;
  /** Hears of events once they are stored. */
  readonly onEvents: (events: readonly StoredEvent[]) => void;
  /** Runs after a scan that completed. */
  readonly onCompleted: (job: ScanJob) => Promise<void>;
}

/** A scan that crashed the process this often is given up. */
const MAX_ATTEMPTS = 5;
const CANCELLED = { code: 'cancelled', detail: 'the scan was cancelled' } as const;

/** Brings scans on their way: new ones, known ones that are asked for again, and those that the last process left unfinished. */
export class ScanLauncher {
  readonly #options: ScanLauncherOptions;
  readonly #intake: ScanIntake;
  readonly #retired = new RetiredSymbols();
  readonly #closing = new AbortController();
  /** Scans on their way from the request to the first symbol. */
  readonly #starting = new Set<Promise<StartedScan>>();

  constructor(options: ScanLauncherOptions) {
    this.#options = options;
    this.#intake = new ScanIntake({ ...options, retired: this.#retired });
  }

  get isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Accepts nothing more, and leaves the scans at work to be resumed. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    await Promise.allSettled(this.#starting);
    await this.#options.active.stopAll('shutdown');
  }

  /** See `FastScannerService.start`. */
  async start(request: QuickScanRequest, options: StartScanOptions = {}): Promise<StartedScan> {
    this.#assertOpen();
    const known = await this.#intake.findByKey(request, options.idempotencyKey);
    if (known) return this.#startedBefore(known);
    this.#admit();
    const starting = this.#start(request, options);
    this.#starting.add(starting);
    return starting.finally(() => this.#starting.delete(starting));
  }

  /** Stops a scan at work and waits for its end; false when it is not at work here. */
  async cancel(scanId: string): Promise<boolean> {
    const active = this.#options.active.get(scanId);
    active?.run.stop('cancelled');
    await active?.ended;
    return active !== undefined;
  }

  /** Goes on with a scan of an earlier process. Why it could not is in the scan's log. */
  async resume(stored: ScanJob): Promise<void> {
    const attempts = stored.attempts + 1;
    await this.#options.store.commit({
      changeJobs: [{ id: stored.id, from: ['queued', 'running'], set: { status: 'running', attempts } }],
    });
    const { items } = await this.#options.archive.load(stored.id);
    try {
      await this.#launch({ ...stored, status: 'running', attempts }, items);
    } catch (error) {
      if (!(error instanceof ScannerError)) this.#options.onBug(error); // the others are in the scan's log
    }
  }

  #admit(): void {
    this.#assertOpen();
    const most = this.#options.maxActiveScans ?? 20;
    if (this.#options.active.size + this.#starting.size >= most) {
      throw new ScannerError('too_many_jobs', `${most} scans are running already`, { retryAfterMs: 5000 });
    }
  }

  #assertOpen(): void {
    if (this.isClosing) throw closedError();
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
      this.#options.onEvents(events); // now that whoever hears of the scan can cancel it
    }
  }

  #startedBefore(job: ScanJob): StartedScan {
    const quickScan = this.#options.active.get(job.id)?.quickScan ?? this.#loggedQuickScan(job);
    quickScan.catch(() => undefined); // nobody has to wait for it
    return { scanId: job.id, quickScan };
  }

  async #launch(job: ScanJob, items: readonly ScanItem[]): Promise<ActiveScan> {
    const { eventLog, clock, active, onCompleted } = this.#options;
    const onEvents = (events: readonly StoredEvent[]) => this.#hear(job, events);
    const ledger = new ScanLedger(job, items, { eventLog, clock, onEvents });
    const context = await this.#runContext(job).catch(async (error) => {
      const { code, message: detail } = toScannerError(error);
      await ledger.end('failed', { code, detail });
      throw error;
    });
    this.#assertOpen(); // an accepted scan that comes too late is resumed at the next start
    return active.launch(ledger, context, ({ job: ended }) => onCompleted(ended));
  }

  #hear({ input }: ScanJob, events: readonly StoredEvent[]): void {
    const complete = events.find(({ type }) => type === 'quickScanComplete');
    if (complete) this.#retired.note(input.exchange, complete.payload as ScanEvents['quickScanComplete']); // by its type
    this.#options.onEvents(events);
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
    const { code, detail } = (await this.#options.archive.job(id))?.error ?? CANCELLED;
    throw new ScannerError(code, detail);
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
