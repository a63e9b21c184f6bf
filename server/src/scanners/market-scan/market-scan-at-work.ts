import { type ErrorCode, ScannerError, type TerminalStatus } from '@fast-scanner/shared';
import { withDeadline } from '../../market-data/deadline.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { toSymbolFailure } from '../common/symbol-analysis.ts';
import { type StopReason, SymbolWork } from '../common/symbol-work.ts';
import { HistoryLoader, rangeOf } from './history-loader.ts';
import type { JobContext } from './job-context.ts';
import type { MarketScanEventDraft, MarketScanLedger } from './market-scan-ledger.ts';
import type { TimeRange, Universe } from './market-scan-record.ts';
import { resolveUniverse } from './resolve-universe.ts';
import { scanStocks } from './scan-stocks.ts';
import { sweepStocks } from './sweep-stocks.ts';

/** A job that crashed the process this often without any progress is given up. */
const MAX_ATTEMPTS = 5;

/** One job from its first missing stock to its terminal event. */
export class MarketScanAtWork {
  readonly #ledger: MarketScanLedger;
  readonly #context: JobContext;
  readonly #work: SymbolWork;

  constructor(ledger: MarketScanLedger, context: JobContext) {
    this.#ledger = ledger;
    this.#context = context;
    const { id: owner, input } = ledger.job;
    this.#work = new SymbolWork({
      ...context,
      noun: 'market scan',
      owner,
      priority: input.priority,
      symbolDeadlineMs: context.historyDeadlineMs,
    });
  }

  /** Stops all stocks at work and their upstream requests. */
  stop(reason: StopReason): void {
    this.#work.stop(reason);
  }

  /** Resolves when the job has ended and that is stored, or when it was stopped for a shutdown. */
  async run(): Promise<void> {
    try {
      const complete = await this.#complete();
      this.#work.signal.throwIfAborted();
      await this.#end('completed', complete, null);
    } catch (error) {
      const { signal } = this.#work;
      await this.#endEarly(signal.aborted ? signal.reason : error);
    }
  }

  async #complete(): Promise<MarketScanEventDraft> {
    const { feeds, quickQueue: queue } = this.#context;
    const { input } = this.#ledger.job;
    const work = this.#work;
    this.#assertNotCrashing();
    work.signal.throwIfAborted(); // cancelled before its turn: it asks nobody
    await this.#ledger.begin();
    const feed = await feeds.get(input.exchange);
    const { universe, range } = await this.#scope(feed);
    const loader = new HistoryLoader({
      ...this.#context,
      feed,
      queue,
      work,
      range,
      interval: input.interval,
    });
    const parts = { ...this.#context, ledger: this.#ledger, work, universe, loader };
    return input.task.kind === 'sweep' ? sweepStocks(parts, input.task) : scanStocks(parts, input.task);
  }

  /** What is tested, and over which time: chosen by the first process that works on the job. */
  async #scope(feed: MarketFeed): Promise<{ readonly universe: Universe; readonly range: TimeRange }> {
    const { clock, historyDeadlineMs: deadlineMs } = this.#context;
    const { signal } = this.#work;
    const { input, state } = this.#ledger.job;
    if (state.universe && state.range) return { universe: state.universe, range: state.range };
    const universe = await withDeadline({ clock, signal, deadlineMs }, (inner) =>
      resolveUniverse(feed, input, inner),
    );
    const range = rangeOf(input, feed.now());
    signal.throwIfAborted();
    await this.#ledger.choose(universe, range);
    return { universe, range };
  }

  /** @throws ScannerError when the process went down with this job again and again */
  #assertNotCrashing(): void {
    if (this.#ledger.job.attempts < MAX_ATTEMPTS) return;
    const detail = `given up after ${MAX_ATTEMPTS} attempts that ended with the process`;
    throw new ScannerError('interrupted', detail);
  }

  async #endEarly(reason: unknown): Promise<void> {
    const { stopReason } = this.#work;
    if (stopReason === 'shutdown') return; // it goes on at the next start
    const { successful, failed, universe } = this.#ledger.job.state;
    if (stopReason === 'cancelled') {
      const position = { current: successful + failed, total: universe?.tickers.length ?? 0 };
      return this.#end('cancelled', ['cancelled', position], null);
    }
    if (!(reason instanceof ScannerError)) this.#context.onBug(reason);
    const { reason: code, detail } = toSymbolFailure('', reason);
    await this.#end('failed', ['failed', { code, error: detail }], { code, detail });
  }

  #end(
    status: TerminalStatus,
    event: MarketScanEventDraft,
    error: { code: ErrorCode; detail: string } | null,
  ): Promise<void> {
    return this.#work.persist(() => this.#ledger.end(status, event, error));
  }
}
