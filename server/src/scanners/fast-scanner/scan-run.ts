import {
  type Clock,
  type ErrorCode,
  type QuickScanResponse,
  ScannerError,
  type TerminalStatus,
} from '@fast-scanner/shared';
import { etaSeconds } from '../../jobs/eta.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import type { Analyst } from '../common/analyst.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import { deepTimeframes } from '../common/deep-timeframes.ts';
import type { ModelSource } from '../common/model-source.ts';
import { summarizeFailures } from '../common/summarize-failures.ts';
import {
  analyzeDeeply,
  analyzeQuickly,
  lastMomentOf,
  type SymbolTask,
  toSymbolFailure,
} from '../common/symbol-analysis.ts';
import { type StopReason, SymbolWork } from '../common/symbol-work.ts';
import type { ScanEventDraft, ScanLedger } from './scan-ledger.ts';
import type { ScanItem } from './scan-record.ts';

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
  readonly models: ModelSource;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly clock: Clock;
  /** Longest time one symbol may take in one phase. */
  readonly symbolDeadlineMs: number;
  readonly onProgress: (progress: ScanProgress) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/**
 * One scan from its first missing symbol to its terminal event. Every symbol's result is stored as soon as it is known, so a
 * run over the ledger of a stored job goes on where the process stopped.
 */
export class ScanRun {
  readonly #ledger: ScanLedger;
  readonly #context: ScanRunContext;
  readonly #work: SymbolWork;
  readonly #analyzing = new Set<string>();

  constructor(ledger: ScanLedger, context: ScanRunContext) {
    this.#ledger = ledger;
    this.#context = context;
    const { id: owner, input } = ledger.job;
    this.#work = new SymbolWork({ ...context, noun: 'scan', owner, priority: input.trigger });
  }

  get ledger(): ScanLedger {
    return this.#ledger;
  }

  isAnalyzing(symbol: string): boolean {
    return this.#analyzing.has(symbol);
  }

  /** Stops all symbols in flight and their upstream requests. */
  stop(reason: StopReason): void {
    this.#work.stop(reason);
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
      const { signal } = this.#work;
      const reason: unknown = signal.aborted ? signal.reason : error;
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
    await this.#work.forEach(missing, async (symbol) => {
      const item = await this.#work.run(symbol, { queue: quickQueue, analyze });
      await this.#ledger.memoize(item);
      done += 1;
      const eta = etaSeconds(clock.monotonic() - startedAt, done, total - done);
      onProgress({ scanId, phase: 'quick_scan', done, total, symbol, etaSeconds: eta });
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
      const failure = this.#work.toFailure(symbol, error);
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
    await this.#work.forEach(symbols, async (symbol) => {
      const [item, event] = await this.#work.run(symbol, { queue: deepQueue, analyze });
      done += 1;
      const eta = etaSeconds(clock.monotonic() - startedAt, done, total - done);
      const { id: scanId } = this.#ledger.job;
      const progress = { scanId, phase: 'deep_analysis', done, total, symbol, etaSeconds: eta } as const;
      await this.#ledger.completeSymbol(item, event, eta);
      onProgress(progress);
    });
  }

  async #deepItem(symbol: string, signal: AbortSignal): Promise<readonly [ScanItem, ScanEventDraft]> {
    const item = this.#ledger.item(symbol);
    if (!item?.signal) throw new Error(`no quick signal of ${symbol}`);
    const { analyst, models } = this.#context;
    const timeframes = deepTimeframes(this.#ledger.job.input.timeframe);
    this.#analyzing.add(symbol);
    try {
      const deep = await analyzeDeeply({
        ...this.#task(symbol, signal),
        analyst,
        models,
        asOf: item.asOf,
        timeframes,
      });
      const quick = { ...item.signal, status: 'complete' as const };
      return [
        { ...item, status: 'complete', signal: quick, deep },
        ['symbolAnalyzed', { symbol, signal: quick, deepData: deep }],
      ];
    } catch (error) {
      const failure = this.#work.toFailure(symbol, error);
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
    const { feed, keeper, clock } = this.#context;
    return {
      scanId,
      symbol,
      universe: input.symbols,
      timeframe: input.timeframe,
      feed,
      keeper,
      signal,
      now: clock.now(),
    };
  }

  async #endEarly(reason: unknown): Promise<void> {
    const { stopReason } = this.#work;
    if (stopReason === 'shutdown') return this.#ledger.write({}); // what phase 1 has found so far
    if (stopReason === 'cancelled') return this.#end('cancelled', null);
    if (!(reason instanceof ScannerError)) this.#context.onBug(reason);
    const { reason: code, detail } = toSymbolFailure('', reason);
    await this.#end('failed', { code, detail });
  }

  #end(status: TerminalStatus, error: { code: ErrorCode; detail: string } | null): Promise<void> {
    return this.#work.persist(() => this.#ledger.end(status, error));
  }
}
