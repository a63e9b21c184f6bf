import {
  type Clock,
  type ErrorCode,
  type QuickScanResponse,
  type QuickSignal,
  ScannerError,
  type SymbolFailure,
  sleep,
  type TerminalStatus,
  timeframeMs,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import type { Analyst } from './analyst.ts';
import { etaSeconds } from './eta.ts';
import { summarizeFailures } from './scan-failure.ts';
import type { ScanEventDraft, ScanLedger } from './scan-ledger.ts';
import type { ScanItem } from './scan-record.ts';
import { analyzeDeeply, analyzeQuickly, type SymbolTask, toSymbolFailure } from './symbol-analysis.ts';

/** A progress tick for whoever runs in this process; never stored. */
export interface ScanProgress {
  readonly scanId: string;
  readonly phase: 'quick_scan' | 'deep_analysis';
  readonly done: number;
  readonly total: number;
  readonly symbol: string;
  readonly etaSeconds: number | null;
}

export interface ScanRunContext {
  readonly feed: MarketFeed;
  readonly quickQueue: WorkQueue;
  readonly deepQueue: WorkQueue;
  readonly analyst: Analyst;
  readonly clock: Clock;
  /** Longest time one symbol may take in one phase. */
  readonly symbolDeadlineMs: number;
  readonly onProgress: (progress: ScanProgress) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Why a run was stopped from outside. After `shutdown` the job stays `running` in the store and is resumed at the next start. */
export type StopReason = 'cancelled' | 'shutdown';

const STOP_ERRORS: Readonly<Record<StopReason, readonly [ErrorCode, string]>> = {
  cancelled: ['cancelled', 'the scan was cancelled'],
  shutdown: ['unavailable', 'the server is shutting down; the scan goes on when it is back'],
};

/** One phase's work on a symbol and where it waits its turn. */
interface SymbolStep<Result> {
  readonly queue: WorkQueue;
  readonly analyze: (symbol: string, signal: AbortSignal) => Promise<Result>;
}

/** How long to wait before an ended scan is written again when the store could not take it. */
const STORE_RETRY_MS = 1000;

/**
 * One scan from its first missing symbol to its terminal event. Every symbol's result is stored as soon as it is known, so a
 * run over the ledger of a stored job goes on where the process stopped.
 */
export class ScanRun {
  readonly #ledger: ScanLedger;
  readonly #context: ScanRunContext;
  readonly #halt = new AbortController();
  readonly #analyzing = new Set<string>();
  #stopReason: StopReason | null = null;
  #isShuttingDown = false;

  constructor(ledger: ScanLedger, context: ScanRunContext) {
    this.#ledger = ledger;
    this.#context = context;
  }

  get ledger(): ScanLedger {
    return this.#ledger;
  }

  isAnalyzing(symbol: string): boolean {
    return this.#analyzing.has(symbol);
  }

  /** Stops all symbols in flight and their upstream requests. */
  stop(reason: StopReason): void {
    this.#isShuttingDown ||= reason === 'shutdown';
    this.#stopReason ??= reason;
    this.#halt.abort(new ScannerError(...STOP_ERRORS[this.#stopReason]));
  }

  /**
   * Runs both phases. `onQuickScan` gets the answer of phase 1 as soon as it is stored.
   * Rejects with what ended the scan early, after that is in the log; a shutdown leaves no trace there.
   */
  async run(onQuickScan: (response: QuickScanResponse) => void): Promise<void> {
    try {
      if (this.#ledger.state.phase === 'quick_scan') await this.#quickPhase();
      this.#assertNotInVain();
      onQuickScan(this.#ledger.response());
      if (this.#ledger.job.input.analyze) await this.#deepPhase();
    } catch (error) {
      const reason: unknown = this.#halt.signal.aborted ? this.#halt.signal.reason : error;
      await this.#endEarly(reason);
      throw reason;
    }
    await this.#end('completed', null);
  }

  async #quickPhase(): Promise<void> {
    const { clock, quickQueue, onProgress } = this.#context;
    const { id: scanId, input } = this.#ledger.job;
    const startedAt = clock.monotonic();
    const missing = input.symbols.filter((symbol) => !this.#ledger.item(symbol));
    const total = missing.length;
    let done = 0;
    const analyze = (symbol: string, signal: AbortSignal) => this.#quickItem(symbol, signal);
    await this.#forEach(missing, { queue: quickQueue, analyze }, async (item) => {
      await this.#ledger.memoize(item);
      done += 1;
      const eta = etaSeconds(clock.monotonic() - startedAt, done, total - done);
      onProgress({ scanId, phase: 'quick_scan', done, total, symbol: item.symbol, etaSeconds: eta });
    });
    await this.#completeQuickPhase(clock.monotonic() - startedAt);
  }

  async #quickItem(symbol: string, signal: AbortSignal): Promise<ScanItem> {
    const { feed } = this.#context;
    const position = this.#ledger.job.input.symbols.indexOf(symbol);
    const base = { symbol, position, deep: null };
    try {
      const quick = await analyzeQuickly(this.#task(symbol, signal));
      const asOf = lastMomentOf(quick, feed.now());
      return { ...base, status: 'quick_scan', signal: quick, failure: null, asOf };
    } catch (error) {
      const failure = this.#toFailure(symbol, error);
      return { ...base, status: 'no_signal', signal: null, failure, asOf: feed.now() };
    }
  }

  async #completeQuickPhase(scanTimeMs: number): Promise<void> {
    const { analyze } = this.#ledger.job.input;
    const signals = this.#ledger.signals();
    const failures = this.#ledger.failures();
    await this.#ledger.write({
      events: [['quickScanComplete', { signals, failures, scanTime: Math.round(scanTimeMs) }]],
      state: {
        phase: analyze ? 'deep_analysis' : 'done',
        symbolCount: signals.length,
        scanTimeMs,
      },
    });
  }

  /** @throws ScannerError when the exchange gave nothing at all */
  #assertNotInVain(): void {
    if (this.#ledger.signals().length > 0) return;
    const fatal = summarizeFailures(this.#ledger.failures(), this.#ledger.job.input.symbols.length);
    if (fatal) throw fatal;
  }

  /** Strongest signals first: what a reader waits for. */
  async #deepPhase(): Promise<void> {
    const { clock, deepQueue, onProgress } = this.#context;
    const pending = this.#ledger
      .signals()
      .filter(({ symbol }) => this.#ledger.item(symbol)?.status === 'quick_scan')
      .sort((a, b) => b.strength - a.strength);
    const startedAt = clock.monotonic();
    const total = pending.length;
    let done = 0;
    const symbols = pending.map(({ symbol }) => symbol);
    const analyze = (symbol: string, signal: AbortSignal) => this.#deepItem(symbol, signal);
    await this.#forEach(symbols, { queue: deepQueue, analyze }, async ([item, event]) => {
      done += 1;
      const eta = etaSeconds(clock.monotonic() - startedAt, done, total - done);
      const { id: scanId } = this.#ledger.job;
      const progress = {
        scanId,
        phase: 'deep_analysis',
        done,
        total,
        symbol: item.symbol,
        etaSeconds: eta,
      } as const;
      await this.#ledger.completeSymbol(item, event, eta);
      onProgress(progress);
    });
  }

  async #deepItem(symbol: string, signal: AbortSignal): Promise<readonly [ScanItem, ScanEventDraft]> {
    const item = this.#ledger.item(symbol);
    if (!item?.signal) throw new Error(`no quick signal of ${symbol}`);
    const { analyst } = this.#context;
    this.#analyzing.add(symbol);
    try {
      const deep = await analyzeDeeply({ ...this.#task(symbol, signal), analyst, asOf: item.asOf });
      const quick = { ...item.signal, status: 'complete' as const };
      return [
        { ...item, status: 'complete', signal: quick, deep },
        ['symbolAnalyzed', { symbol, signal: quick, deepData: deep }],
      ];
    } catch (error) {
      const failure = this.#toFailure(symbol, error);
      return [
        { ...item, status: 'failed', signal: { ...item.signal, status: 'failed' }, failure },
        ['scanError', { symbol, code: failure.reason, error: failure.detail }],
      ];
    } finally {
      this.#analyzing.delete(symbol);
    }
  }

  #task(symbol: string, signal: AbortSignal): SymbolTask {
    const { id: scanId, input } = this.#ledger.job;
    const { feed, clock } = this.#context;
    return {
      scanId,
      symbol,
      universe: input.symbols,
      timeframe: input.timeframe,
      feed,
      signal,
      now: clock.now(),
    };
  }

  /**
   * Analyses every symbol on the queue and stores what comes out, without holding a place in the queue meanwhile. Waits for
   * all; whatever is thrown halts the run.
   */
  async #forEach<Result>(
    symbols: readonly string[],
    { queue, analyze }: SymbolStep<Result>,
    store: (result: Result) => Promise<void>,
  ): Promise<void> {
    const { clock, symbolDeadlineMs: deadlineMs } = this.#context;
    const { id: owner, input } = this.#ledger.job;
    const { signal } = this.#halt;
    const options = { priority: input.trigger, owner, signal };
    const tasks = symbols.map((symbol) =>
      queue
        .run(() => withDeadline({ clock, signal, deadlineMs }, (inner) => analyze(symbol, inner)), options)
        .then(store)
        .catch((error) => this.#halt.abort(error)),
    );
    await Promise.all(tasks);
    signal.throwIfAborted();
  }

  /** What an error means for its symbol. What ends the whole run is no failure of the symbol and is thrown on. */
  #toFailure(symbol: string, error: unknown): SymbolFailure {
    this.#halt.signal.throwIfAborted();
    if (error instanceof ScannerError && error.code === 'exchange_denied') throw error; // it will deny every symbol
    if (!(error instanceof ScannerError)) this.#context.onBug(error);
    return toSymbolFailure(symbol, error);
  }

  async #endEarly(reason: unknown): Promise<void> {
    if (this.#stopReason === 'shutdown') return this.#ledger.write({}); // what phase 1 has found so far
    if (this.#stopReason === 'cancelled') return this.#end('cancelled', null);
    if (!(reason instanceof ScannerError)) this.#context.onBug(reason);
    const { reason: code, detail } = toSymbolFailure('', reason);
    await this.#end('failed', { code, detail });
  }

  /** Writes the terminal event, again and again while the store cannot take it, but not past a shutdown. */
  async #end(status: TerminalStatus, error: { code: ErrorCode; detail: string } | null): Promise<void> {
    for (;;) {
      try {
        return await this.#ledger.end(status, error);
      } catch (failure) {
        if (!isStoreTrouble(failure)) this.#context.onBug(failure);
        if (!isStoreTrouble(failure) || this.#isShuttingDown) throw failure;
        await sleep(this.#context.clock, STORE_RETRY_MS);
      }
    }
  }
}

/** Now, but never so late that phase 2 would see a newer candle of the scan's timeframe than the signal did. */
function lastMomentOf({ candleCloseTime, timeframe }: QuickSignal, now: number): number {
  return Math.min(now, Date.parse(candleCloseTime) + timeframeMs(timeframe) - 1);
}

function isStoreTrouble(error: unknown): boolean {
  return error instanceof ScannerError && (error.code === 'disk_full' || error.code === 'unavailable');
}
