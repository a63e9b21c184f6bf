import { type Clock, type Dispose, ScannerError } from '@fast-scanner/shared';
import { withDeadline } from '../market-data/deadline.ts';
import type { Ticker } from '../market-data/market-data-source.ts';
import type { MarketFeed } from '../market-data/market-feed.ts';
import { PriceQuotes } from './price-quotes.ts';
import { PriceStream } from './price-stream.ts';
import type { PriceBoard, PriceWatcher } from './price-watcher.ts';
import { readPrices, toPrice } from './read-prices.ts';

export interface PricePollerOptions {
  readonly feed: MarketFeed;
  readonly clock: Clock;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Polls begin at multiples of it. */
export const POLL_INTERVAL_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
/** New symbols do not wait for the next multiple, but nobody is asked more often than this. */
const SHORTEST_PAUSE_MS = 1_000;
const DEADLINE_MS = 15_000;
/** Timers are late by a few milliseconds, which must not cost a poll. */
const TIMER_SLACK_MS = 100;

/**
 * Asks one exchange for the symbols of everybody who watches, in one call at a time and only while somebody does. What the exchange pushes
 * is not asked for, as long as it does.
 */
export class PricePoller {
  readonly #options: PricePollerOptions;
  readonly #watchers = new Set<PriceWatcher>();
  readonly #stream: PriceStream | null;
  readonly #quotes = new PriceQuotes();
  #failure: PriceBoard['failure'] = null;
  #failuresInARow = 0;
  /** Monotonic. */
  #polledAt = Number.NEGATIVE_INFINITY;
  #poll: { readonly done: Promise<void>; readonly abort: AbortController } | null = null;
  #cancelTimer: Dispose = () => undefined;

  constructor(options: PricePollerOptions) {
    this.#options = options;
    this.#stream = this.#createStream();
  }

  watch(watcher: PriceWatcher): Dispose {
    this.#watchers.add(watcher);
    // Not at once: whoever asked is told first that it watches.
    const cancelFirst = this.#options.clock.schedule(0, () => watcher.tell(this.#board));
    if (this.#hasNewSymbols()) this.#pollSoon();
    this.#stream?.want(this.#watchedSymbols());
    return () => {
      cancelFirst();
      this.#leave(watcher);
    };
  }

  /** Ends all watches and waits for the call under way and the stream. */
  async close(): Promise<void> {
    const poll = this.#poll;
    for (const watcher of [...this.#watchers]) this.#leave(watcher);
    await Promise.all([poll?.done, this.#stream?.close()]);
  }

  get #board(): PriceBoard {
    return { feed: this.#options.feed, quotes: this.#quotes.all, failure: this.#failure };
  }

  #leave(watcher: PriceWatcher): void {
    if (!this.#watchers.delete(watcher)) return;
    watcher.close();
    this.#stream?.want(this.#watchedSymbols());
    if (this.#watchers.size > 0) return;
    this.#cancelTimer();
    this.#poll?.abort.abort(new ScannerError('cancelled', 'nobody watches any more'));
    this.#quotes.keepOnly(new Set());
    this.#succeed();
  }

  #createStream(): PriceStream | null {
    const { feed, clock, onBug } = this.#options;
    const watchTickers = feed.watchTickers?.bind(feed);
    if (!watchTickers) return null;
    const onTickers = (tickers: ReadonlyMap<string, Ticker>) => this.#hear(tickers);
    return new PriceStream({ watchTickers, clock, onBug, onTickers, onBreak: () => this.#pollSoon() });
  }

  #hear(tickers: ReadonlyMap<string, Ticker>): void {
    const nowMs = this.#options.feed.now();
    const prices = Array.from(tickers.values(), (ticker) => toPrice(ticker, nowMs));
    this.#quotes.add(prices, nowMs);
    if (this.#failure && this.#symbolsToAsk().length === 0) this.#succeed();
    this.#tellAll();
  }

  #watchedSymbols(): ReadonlySet<string> {
    return new Set([...this.#watchers].flatMap((watcher) => [...watcher.symbols]));
  }

  #symbolsToAsk(): readonly string[] {
    return [...this.#watchedSymbols()].filter((symbol) => !this.#stream?.tells(symbol));
  }

  #hasNewSymbols(): boolean {
    return [...this.#watchedSymbols()].some((symbol) => !this.#quotes.all.has(symbol));
  }

  /** A poll under way and a failing exchange are waited for. */
  #pollSoon(): void {
    if (!this.#poll && this.#failuresInARow === 0) this.#schedule(this.#soon());
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.schedule(delayMs, () => this.#start());
  }

  #start(): void {
    if (this.#poll) return;
    if (this.#symbolsToAsk().length > 0) this.#polledAt = this.#options.clock.monotonic();
    const abort = new AbortController();
    const done = this.#run(abort.signal)
      .catch(this.#options.onBug)
      .finally(() => {
        this.#poll = null;
        if (this.#watchers.size > 0) this.#schedule(this.#pauseMs());
      });
    this.#poll = { done, abort };
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      await this.#read(signal);
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error);
    }
    if (signal.aborted) return;
    this.#tellAll();
  }

  #tellAll(): void {
    for (const watcher of this.#watchers) watcher.tell(this.#board);
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { feed, clock } = this.#options;
    const { prices, errors } = await withDeadline({ clock, signal, deadlineMs: DEADLINE_MS }, (inner) =>
      readPrices(feed, this.#symbolsToAsk(), { signal: inner }),
    );
    if (signal.aborted) return;
    const reasons = errors.filter(({ symbol }) => !this.#stream?.tells(symbol));
    this.#quotes.add([...prices, ...reasons], feed.now());
    this.#quotes.keepOnly(this.#watchedSymbols());
    this.#succeed();
  }

  #succeed(): void {
    this.#failure = null;
    this.#failuresInARow = 0;
  }

  #fail(error: unknown): void {
    this.#failuresInARow += 1;
    if (error instanceof ScannerError) {
      this.#failure = { code: error.code, detail: error.message };
    } else {
      this.#failure = { code: 'internal', detail: 'something broke on our side' };
      this.#options.onBug(error);
    }
  }

  #pauseMs(): number {
    if (this.#failuresInARow > 0) {
      return Math.min(LONGEST_PAUSE_MS, POLL_INTERVAL_MS * 2 ** this.#failuresInARow);
    }
    if (this.#hasNewSymbols()) return this.#soon();
    const { clock } = this.#options;
    return untilMultiple(clock.now(), clock.monotonic() - this.#polledAt);
  }

  #soon(): number {
    return Math.max(0, this.#polledAt + SHORTEST_PAUSE_MS - this.#options.clock.monotonic());
  }
}

/** To the next multiple of the interval that is about an interval away from the poll before. */
function untilMultiple(nowMs: number, sincePollMs: number): number {
  const restMs = POLL_INTERVAL_MS - (nowMs % POLL_INTERVAL_MS);
  return sincePollMs + restMs < POLL_INTERVAL_MS - TIMER_SLACK_MS ? restMs + POLL_INTERVAL_MS : restMs;
}
