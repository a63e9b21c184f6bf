import { type Clock, type DataSource, ScannerError } from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import type { CandleHistory, HistoryRequest } from './candle-history.ts';
import { CandleLoader, type LoadRequest } from './candle-loader.ts';
import { type HeldCandles, newestOpenTime, toWindow } from './held-candles.ts';
import type { CallOptions, Market, MarketDataSource, Ticker, TickerWatch } from './market-data-source.ts';
import type { CandleWindow, CandleWindowRequest, MarketFeed } from './market-feed.ts';
import { readHistory } from './read-history.ts';
import { loadSessionCandles, newestExpected, tradesInSessions } from './session-candles.ts';
import { SingleFlight } from './single-flight.ts';
import { TickerCache } from './ticker-cache.ts';

export interface CandleFeedOptions {
  /** Measures waits and ages of tickers. What is closed is decided by the source's own clock. */
  readonly clock: Clock;
  /** How many candles to keep over all symbols and timeframes, at 48 bytes each. Default 1,000,000. */
  readonly maxCandles?: number;
  /** How long a call for tickers waits for others to join it, at most 250. Default 0: it is made at once. */
  readonly tickerGatherMs?: number;
}

const DEFAULT_MAX_CANDLES = 1_000_000;

/**
 * Puts cleaning, caching and single flight in front of a source.
 *
 * Closed candles are fetched once and then topped up when the next candle has closed; within a candle every window of up to the
 * count fetched before costs no request. Windows share memory with the cache and are never changed: a top-up makes new memory.
 */
export function createCandleFeed(source: MarketDataSource, options: CandleFeedOptions): MarketFeed {
  return new CandleFeed(source, options);
}

class CandleFeed implements MarketFeed {
  readonly watchTickers?: (watch: TickerWatch) => Promise<never>;
  readonly #source: MarketDataSource;
  readonly #loader: CandleLoader;
  readonly #tickers: TickerCache;
  readonly #held: LRUCache<string, HeldCandles>;
  readonly #flights = new SingleFlight<HeldCandles>();
  readonly #histories = new SingleFlight<CandleHistory>();
  #closing: Promise<void> | null = null;

  constructor(source: MarketDataSource, options: CandleFeedOptions) {
    const { clock, maxCandles = DEFAULT_MAX_CANDLES, tickerGatherMs = 0 } = options;
    this.#source = source;
    this.#loader = new CandleLoader(source, clock);
    this.#tickers = new TickerCache(source, { clock, gatherMs: tickerGatherMs });
    this.#held = new LRUCache({ maxSize: maxCandles, sizeCalculation: ({ series }) => series.length });
    const watchTickers = source.watchTickers?.bind(source);
    if (watchTickers) this.watchTickers = (watch) => watchTickers(this.#kept(watch));
  }

  get dataSource(): DataSource {
    return this.#source.dataSource;
  }

  now(): number {
    return this.#source.now();
  }

  async markets(options?: CallOptions): Promise<readonly Market[]> {
    this.#assertOpen();
    return this.#source.listMarkets(options);
  }

  async candles(request: CandleWindowRequest, { signal }: CallOptions = {}): Promise<CandleWindow> {
    this.#assertOpen();
    signal?.throwIfAborted();
    const { symbol, timeframe, count } = request;
    const held = this.#held.get(cacheKey(request)) ?? null;
    const newest = newestExpected(symbol, timeframe, this.now());
    if (held && held.target >= count && newestOpenTime(held) === newest) return toWindow(held, count);

    const target = Math.max(count, held?.target ?? 0);
    const flightKey = `${cacheKey(request)} ${target} ${newest}`;
    const load = (shared: AbortSignal) => this.#load({ symbol, timeframe, target, held }, shared);
    return toWindow(await this.#flights.run(flightKey, load, signal), count);
  }

  async history(request: HistoryRequest, { signal }: CallOptions = {}): Promise<CandleHistory> {
    this.#assertOpen();
    const key = `${cacheKey(request)} ${request.from} ${request.to}`;
    return this.#histories.run(key, (shared) => readHistory(this.#source, request, shared), signal);
  }

  async tickers(symbols: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, Ticker>> {
    this.#assertOpen();
    return this.#tickers.get(symbols, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const reason = closedError();
    const flights = [this.#flights.abortAll(reason), this.#histories.abortAll(reason)];
    await Promise.all([...flights, this.#tickers.close(reason), this.#source.close()]);
    this.#held.clear();
  }

  #assertOpen(): void {
    if (this.#closing) throw closedError();
  }

  /** What is pushed answers the calls of the next moment. */
  #kept({ onTickers, ...watch }: TickerWatch): TickerWatch {
    const keepAndTell = (tickers: ReadonlyMap<string, Ticker>) => {
      this.#tickers.keep(tickers);
      onTickers(tickers);
    };
    return { ...watch, onTickers: keepAndTell };
  }

  async #load(request: LoadRequest, signal: AbortSignal): Promise<HeldCandles> {
    const loaded = tradesInSessions(request.symbol)
      ? await loadSessionCandles(this.#source, request, signal)
      : await this.#loader.load(request, signal);
    this.#keep(loaded);
    return loaded;
  }

  /** Two loads of different size may end in any order: the larger of equally new ones stays. */
  #keep(loaded: HeldCandles): void {
    const key = cacheKey(loaded.series);
    const held = this.#held.peek(key);
    const isCovered = held && held.target > loaded.target && newestOpenTime(held) === newestOpenTime(loaded);
    if (!isCovered) this.#held.set(key, loaded);
  }
}

function cacheKey({ symbol, timeframe }: Pick<CandleWindowRequest, 'symbol' | 'timeframe'>): string {
  return `${symbol} ${timeframe}`;
}

function closedError(): ScannerError {
  return new ScannerError('unavailable', 'The market feed is closed');
}
