import { type Clock, type ErrorCode, ScannerError, type TerminalStatus } from '@fast-scanner/shared';
import { etaSeconds } from '../../jobs/eta.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import type { MarketFeed, MarketFeeds } from '../../market-data/market-feed.ts';
import type { Analyst } from '../common/analyst.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import type { ModelSource } from '../common/model-source.ts';
import { summarizeFailures } from '../common/summarize-failures.ts';
import { toSymbolFailure } from '../common/symbol-analysis.ts';
import { type StopReason, SymbolWork } from '../common/symbol-work.ts';
import type { RunLedger } from './run-ledger.ts';
import { selectSymbols } from './select-symbols.ts';
import { SymbolScan } from './symbol-scan.ts';

export interface RunContext {
  readonly feeds: MarketFeeds;
  readonly quickQueue: WorkQueue;
  readonly deepQueue: WorkQueue;
  readonly analyst: Analyst;
  readonly models: ModelSource;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly clock: Clock;
  /** Longest time one symbol may take in one phase. */
  readonly symbolDeadlineMs: number;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** A run that crashed the process this often without any progress is given up. */
const MAX_ATTEMPTS = 5;

/**
 * One run from its first missing symbol to its terminal event. How each symbol ended is stored as soon as it is known, so that the
 * ledger of a stored job goes on where the process stopped.
 */
export class RunAtWork {
  readonly #ledger: RunLedger;
  readonly #context: RunContext;
  readonly #work: SymbolWork;
  /** Symbols at work, the one taken up last at the end. */
  readonly #current = new Set<string>();
  #eta: number | null = null;
  #progressedAt: number;

  constructor(ledger: RunLedger, context: RunContext) {
    this.#ledger = ledger;
    this.#context = context;
    this.#progressedAt = context.clock.monotonic();
    const { id: owner, input } = ledger.job;
    this.#work = new SymbolWork({ ...context, noun: 'run', owner, priority: input.priority });
  }

  /** The symbol taken up last of those at work; `null` when none is. */
  get currentSymbol(): string | null {
    return [...this.#current].at(-1) ?? null;
  }

  get etaSeconds(): number | null {
    return this.#eta;
  }

  /** Monotonic time of the last step forward. */
  get progressedAt(): number {
    return this.#progressedAt;
  }

  /** Stops all symbols at work and their upstream requests. */
  stop(reason: StopReason): void {
    this.#work.stop(reason);
  }

  /** Ends the run as failed. */
  fail(error: ScannerError): void {
    this.#work.halt(error);
  }

  /** Resolves when the run has ended and that is stored, or when it was stopped for a shutdown. */
  async run(): Promise<void> {
    try {
      this.#assertNotCrashing();
      this.#work.signal.throwIfAborted(); // cancelled before its turn: it asks nobody
      await this.#ledger.begin();
      const feed = await this.#context.feeds.get(this.#ledger.job.input.exchange);
      if (this.#ledger.job.state.symbols === null) await this.#choose(feed);
      await this.#scanAll(feed);
      this.#assertNotInVain();
      await this.#end('completed', null);
    } catch (error) {
      const { signal } = this.#work;
      await this.#endEarly(signal.aborted ? signal.reason : error);
    }
  }

  async #choose(feed: MarketFeed): Promise<void> {
    const { clock, symbolDeadlineMs: deadlineMs } = this.#context;
    const { signal } = this.#work;
    const { input } = this.#ledger.job;
    const selection = await withDeadline({ clock, signal, deadlineMs }, (inner) =>
      selectSymbols(feed, input, inner),
    );
    signal.throwIfAborted();
    await this.#ledger.choose(selection);
  }

  async #scanAll(feed: MarketFeed): Promise<void> {
    const { clock } = this.#context;
    const missing = this.#ledger.missing();
    const scan = this.#createScan(feed);
    const startedAt = clock.monotonic();
    let done = 0;
    await this.#work.forEach(missing, async (symbol) => {
      const outcome = await scan.outcomeOf(symbol);
      done += 1;
      this.#progressedAt = clock.monotonic();
      this.#eta = etaSeconds(this.#progressedAt - startedAt, done, missing.length - done);
      const position = this.#ledger.job.state.symbols?.indexOf(symbol) ?? 0;
      await this.#ledger.record({ ...outcome, symbol, position }, this.#eta);
    });
  }

  #createScan(feed: MarketFeed): SymbolScan {
    const { job } = this.#ledger;
    return new SymbolScan({
      ...this.#context,
      feed,
      work: this.#work,
      runId: job.id,
      rules: job.input,
      universe: job.state.symbols ?? [],
      atWork: this.#current,
    });
  }

  /** @throws ScannerError when the process went down with this run again and again */
  #assertNotCrashing(): void {
    if (this.#ledger.job.attempts < MAX_ATTEMPTS) return;
    const detail = `given up after ${MAX_ATTEMPTS} attempts that ended with the process`;
    throw new ScannerError('interrupted', detail);
  }

  /** @throws ScannerError when the exchange gave nothing at all */
  #assertNotInVain(): void {
    const { items, job } = this.#ledger;
    const failures = items.flatMap((item) =>
      item.status === 'failed' && item.rejection.code
        ? [{ symbol: item.symbol, reason: item.rejection.code, detail: item.rejection.reason }]
        : [],
    );
    const fatal = summarizeFailures(failures, job.state.symbols?.length ?? 0);
    if (fatal) throw fatal;
  }

  async #endEarly(reason: unknown): Promise<void> {
    const { stopReason } = this.#work;
    if (stopReason === 'shutdown') return; // it goes on at the next start
    if (stopReason === 'cancelled') return this.#end('cancelled', null);
    if (!(reason instanceof ScannerError)) this.#context.onBug(reason);
    const { reason: code, detail } = toSymbolFailure('', reason);
    await this.#end('failed', { code, detail });
  }

  #end(status: TerminalStatus, error: { code: ErrorCode; detail: string } | null): Promise<void> {
    return this.#work.persist(() => this.#ledger.end(status, error));
  }
}
