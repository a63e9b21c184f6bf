import {
  type CandleColumns,
  type Clock,
  candleOpenTime,
  type DataSource,
  ScannerError,
  sleep,
  sliceColumns,
  timeframeMs,
} from '@fast-scanner/shared';
import type { HistoryRequest } from '../candle-history.ts';
import { EventLoopBudget } from '../event-loop-budget.ts';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { selectRange } from '../select-range.ts';
import { createDemoCandles } from './demo-candles.ts';
import { createDemoTicker } from './demo-ticker.ts';
import { SimulatedMarket } from './simulated-market.ts';
import { SimulatedStocks } from './simulated-stocks.ts';
import { createSymbolProfiles, type SymbolProfile } from './symbol-profile.ts';

export interface DemoMarketDataOptions {
  /** Fixes the whole market: equal seeds give equal candles in every process. */
  readonly seed: number;
  /** Every call takes this long, as a remote exchange's would. */
  readonly latencyMs: number;
  readonly clock: Clock;
}

/** Units of work of {@link SimulatedMarket} in one turn of the event loop: some 3 ms when everything has to be made. */
const UNITS_PER_TURN = 20_000;

/**
 * A simulated exchange of 200 coins and 503 stocks that needs no network. Every answer depends on the seed and the time alone.
 */
export function createDemoMarketData(options: DemoMarketDataOptions): MarketDataSource {
  return new DemoMarketData(options);
}

class DemoMarketData implements MarketDataSource {
  readonly dataSource: DataSource = { exchange: 'demo', kind: 'simulated' };
  readonly #clock: Clock;
  readonly #latencyMs: number;
  readonly #budget = new EventLoopBudget(UNITS_PER_TURN);
  readonly #market: SimulatedMarket;
  readonly #profiles: ReadonlyMap<string, SymbolProfile>;
  readonly #stocks: SimulatedStocks;
  readonly #markets: readonly Market[];
  readonly #calls = new OpenCalls();

  constructor({ seed, latencyMs, clock }: DemoMarketDataOptions) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#market = new SimulatedMarket(seed, this.#budget);
    const profiles = createSymbolProfiles(seed);
    this.#profiles = new Map(profiles.map((profile) => [profile.symbol, profile]));
    this.#stocks = new SimulatedStocks(seed, this.#budget);
    this.#markets = [...profiles.map(toMarket), ...this.#stocks.markets];
  }

  now(): number {
    return this.#clock.now();
  }

  listMarkets({ signal }: CallOptions = {}): Promise<readonly Market[]> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      return this.#markets;
    });
  }

  fetchCandles(request: CandleRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      if (this.#stocks.has(request.symbol)) {
        const closed = await this.#stockCandles(request, { from: request.since ?? 0, to: this.now() });
        return sliceColumns(closed, Math.max(0, closed.openTime.length - request.limit));
      }
      const profile = this.#requireProfile(request.symbol);
      const context = { market: this.#market, budget: this.#budget, nowMs: this.now(), signal: callSignal };
      return createDemoCandles(profile, request, context);
    });
  }

  fetchHistory(request: HistoryRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      return this.#stocks.has(request.symbol)
        ? this.#stockCandles(request, request)
        : this.#coinHistory(request, callSignal);
    });
  }

  fetchTickers(
    symbols: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Ticker>> {
    return this.#calls.run(signal, async (callSignal) => {
      await this.#travel(callSignal);
      return this.#formTickers(symbols, callSignal);
    });
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  /** The candles of a stock that open from `from` on, before `to`, and are closed now. */
  #stockCandles(
    { symbol, timeframe }: Pick<CandleRequest, 'symbol' | 'timeframe'>,
    { from, to }: Pick<HistoryRequest, 'from' | 'to'>,
  ): Promise<CandleColumns> {
    const latest = Math.min(to - 1, this.now() - timeframeMs(timeframe));
    return this.#stocks.candles({ ticker: symbol, timeframe, from, to: latest });
  }

  async #coinHistory(request: HistoryRequest, signal: AbortSignal): Promise<CandleColumns> {
    const { symbol, timeframe, from, to } = request;
    const profile = this.#requireProfile(symbol);
    const latest = Math.min(to - 1, this.now() - timeframeMs(timeframe));
    // Made as they looked when the last one had just closed; the one that opens then is left out.
    const nowMs = candleOpenTime(latest, timeframe) + timeframeMs(timeframe);
    const context = { market: this.#market, budget: this.#budget, nowMs, signal };
    const everything = { symbol, timeframe, limit: Number.POSITIVE_INFINITY, since: from };
    return selectRange(await createDemoCandles(profile, everything, context), { from, to: latest });
  }

  #requireProfile(symbol: string): SymbolProfile {
    const profile = this.#profiles.get(symbol);
    if (!profile) throw new ScannerError('symbol_unknown', `The demo market does not list ${symbol}`);
    return profile;
  }

  async #formTickers(symbols: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Ticker>> {
    const nowMs = this.now();
    const tickers = new Map<string, Ticker>();
    for (const symbol of symbols) {
      await this.#budget.available();
      signal.throwIfAborted();
      const ticker = await this.#formTicker(symbol, nowMs);
      if (ticker) tickers.set(symbol, ticker);
    }
    return tickers;
  }

  async #formTicker(symbol: string, nowMs: number): Promise<Ticker | null> {
    if (this.#stocks.has(symbol)) return this.#stocks.ticker(symbol, nowMs);
    const profile = this.#profiles.get(symbol);
    return profile ? createDemoTicker(this.#market, profile, nowMs) : null;
  }

  async #travel(signal: AbortSignal): Promise<void> {
    if (this.#latencyMs > 0) await sleep(this.#clock, this.#latencyMs, signal);
  }
}

function toMarket({ symbol, base, quote, ticksPerUnit }: SymbolProfile): Market {
  return { symbol, base, quote, kind: 'spot', active: true, tickSize: 1 / ticksPerUnit };
}
