import { type ErrorCode, ScannerError, type TerminalStatus } from '@fast-scanner/shared';
import { summarizeFailures } from '../common/summarize-failures.ts';
import { toSymbolFailure } from '../common/symbol-analysis.ts';
import { type StopReason, SymbolWork } from '../common/symbol-work.ts';
import { HistoryLoader, rangeOf } from './history-loader.ts';
import type { JobContext } from './job-context.ts';
import type { MarketScanEventDraft, MarketScanLedger } from './market-scan-ledger.ts';
import type { Universe } from './market-scan-record.ts';
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
    let complete: MarketScanEventDraft;
    try {
      complete = await this.#complete();
      this.#work.signal.throwIfAborted();
    } catch (error) {
      const { signal } = this.#work;
      await this.#endEarly(signal.aborted ? signal.reason : error);
      return;
    }
    await this.#end('completed', complete, null);
  }

  async #complete(): Promise<MarketScanEventDraft> {
    const { feeds, quickQueue: queue } = this.#context;
    const { input } = this.#ledger.job;
    const work = this.#work;
    this.#assertNotCrashing();
    work.signal.throwIfAborted(); // cancelled before its turn: it asks nobody
    await this.#ledger.begin();
    const feed = await feeds.get(input.exchange);
    const universe = await this.#universe();
    const range = rangeOf(input, feed.now());
    const loader = new HistoryLoader({ feed, queue, work, range, interval: input.interval });
    const parts = { ...this.#context, ledger: this.#ledger, work, feed, universe, range, loader };
    if (input.task.kind === 'sweep') return sweepStocks(parts, input.task);
    const event = await scanStocks(parts, input.task);
    this.#assertNotInVain();
    return event;
  }

  async #universe(): Promise<Universe> {
    const { input, state } = this.#ledger.job;
    if (state.universe) return state.universe;
    const feed = await this.#context.feeds.get(input.exchange);
    const universe = await resolveUniverse(feed, input, this.#work.signal);
    this.#work.signal.throwIfAborted();
    await this.#ledger.choose(universe);
    return universe;
  }

  /** @throws ScannerError when the process went down with this job again and again */
  #assertNotCrashing(): void {
    if (this.#ledger.job.attempts < MAX_ATTEMPTS) return;
    const detail = `given up after ${MAX_ATTEMPTS} attempts that ended with the process`;
    throw new ScannerError('interrupted', detail);
  }

  /** @throws ScannerError when the exchange gave nothing at all */
  #assertNotInVain(): void {
    const failures = this.#ledger.items.flatMap((item) =>
      item.status === 'failed'
        ? [{ symbol: item.ticker, reason: item.failure.code, detail: item.failure.error }]
        : [],
    );
    const fatal = summarizeFailures(failures, this.#ledger.items.length);
    if (fatal) throw fatal;
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
