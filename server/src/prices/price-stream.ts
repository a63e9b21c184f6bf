import { type Clock, type Dispose, ScannerError } from '@fast-scanner/shared';
import type { Ticker, TickerWatch } from '../market-data/market-data-source.ts';

export interface PriceStreamOptions {
  readonly watchTickers: (watch: TickerWatch) => Promise<never>;
  readonly clock: Clock;
  readonly onTickers: (tickers: ReadonlyMap<string, Ticker>) => void;
  /** What it told until now it tells no more. Not called for a stream that never told anything. */
  readonly onBreak: () => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** One connection. */
interface Run {
  readonly symbols: ReadonlySet<string>;
  readonly abort: AbortController;
}

/** A stream that says nothing for so long is broken. */
const SILENCE_MS = 30_000;
/** A stream that told for so long was well: the pauses begin anew. */
const STABLE_MS = 30_000;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Symbols that come and go renew the connection no more often. */
const RENEWAL_MS = 10_000;

/**
 * Keeps one stream of an exchange's tickers open for the symbols wanted, and none while none are. A broken one is tried again after
 * 1 s, 2 s, 4 s … 60 s.
 */
export class PriceStream {
  readonly #options: PriceStreamOptions;
  readonly #runs = new Set<Promise<void>>();
  #wanted: ReadonlySet<string> = new Set();
  #told = new Set<string>();
  #run: Run | null = null;
  #breaksInARow = 0;
  /** Monotonic, of the newest run. */
  #startedAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancelStart: Dispose | null = null;
  #cancelSilence: Dispose = () => undefined;

  constructor(options: PriceStreamOptions) {
    this.#options = options;
  }

  /** Whether the symbol's price is the stream's to tell. */
  tells(symbol: string): boolean {
    return this.#told.has(symbol);
  }

  /** Replaces what is wanted; nothing ends the stream. */
  want(symbols: ReadonlySet<string>): void {
    this.#wanted = symbols;
    if (symbols.size === 0) this.#rest();
    else if (!this.#cancelStart && !this.#isFitting()) this.#startIn(this.#soon());
  }

  /** Ends the stream and waits until its connection is closed. */
  async close(): Promise<void> {
    this.want(new Set());
    await Promise.all(this.#runs);
  }

  /** It has every symbol wanted, and not twice as many. */
  #isFitting(): boolean {
    const symbols = this.#run?.symbols;
    if (!symbols || symbols.size > 2 * this.#wanted.size) return false;
    return [...this.#wanted].every((symbol) => symbols.has(symbol));
  }

  #soon(): number {
    const pauseMs = this.#run ? RENEWAL_MS : SHORTEST_PAUSE_MS;
    return Math.max(0, this.#startedAt + pauseMs - this.#options.clock.monotonic());
  }

  #startIn(delayMs: number): void {
    this.#cancelStart?.();
    this.#cancelStart = this.#options.clock.schedule(delayMs, () => this.#start());
  }

  #start(): void {
    this.#cancelStart = null;
    if (this.#isFitting()) return;
    this.#end(new ScannerError('cancelled', 'other symbols are wanted'));
    const run: Run = { symbols: this.#wanted, abort: new AbortController() };
    this.#run = run;
    this.#startedAt = this.#options.clock.monotonic();
    this.#toldAt = this.#startedAt;
    this.#expectNews(run);
    const ended = this.#watch(run).finally(() => this.#runs.delete(ended));
    this.#runs.add(ended);
  }

  async #watch(run: Run): Promise<void> {
    const { signal } = run.abort;
    try {
      const onTickers = (tickers: ReadonlyMap<string, Ticker>) => this.#hear(run, tickers);
      await this.#options.watchTickers({ symbols: [...run.symbols], signal, onTickers });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ScannerError)) this.#options.onBug(error);
      this.#break();
    }
  }

  #hear(run: Run, tickers: ReadonlyMap<string, Ticker>): void {
    if (this.#run !== run) return;
    for (const symbol of tickers.keys()) this.#told.add(symbol);
    this.#toldAt = this.#options.clock.monotonic();
    this.#expectNews(run);
    this.#options.onTickers(tickers);
  }

  #expectNews({ abort }: Run): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#options.clock.schedule(SILENCE_MS, () => {
      abort.abort(new ScannerError('exchange_timeout', `the stream is silent for ${SILENCE_MS / 1_000} s`));
      this.#break();
    });
  }

  #break(): void {
    const hasTold = this.#told.size > 0;
    const wasStable = this.#toldAt - this.#startedAt >= STABLE_MS;
    this.#breaksInARow = wasStable ? 1 : this.#breaksInARow + 1;
    this.#end(new ScannerError('cancelled', 'the stream is broken'));
    this.#startIn(Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** (this.#breaksInARow - 1)));
    if (hasTold) this.#options.onBreak();
  }

  #rest(): void {
    this.#cancelStart?.();
    this.#cancelStart = null;
    this.#breaksInARow = 0;
    this.#end(new ScannerError('cancelled', 'nobody watches any more'));
  }

  #end(reason: ScannerError): void {
    this.#cancelSilence();
    this.#run?.abort.abort(reason);
    this.#run = null;
    this.#told = new Set();
  }
}
