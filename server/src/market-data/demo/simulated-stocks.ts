import {
  allocateColumns,
  type CandleColumns,
  ScannerError,
  sliceColumns,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import type { EventLoopBudget } from '../event-loop-budget.ts';
import type { Market, Ticker } from '../market-data-source.ts';
import { resampleCandles } from '../resample.ts';
import { selectRange } from '../select-range.ts';
import { SessionList } from '../sessions/session-list.ts';
import { DAY_MS } from './demo-time.ts';
import { StockFactors } from './stock-factors.ts';
import { StockPath } from './stock-path.ts';
import { createStockProfiles, type StockProfile } from './stock-profile.ts';

/** The first session of the simulated stocks is the first one of 2012. */
export const STOCKS_ORIGIN_MS = Date.UTC(2012, 0, 1);

/**
 * Sessions kept ready over all stocks, at 48 bytes each: all of all stocks, as a market scan reads them in turns and would find each just
 * forgotten otherwise. What is forgotten comes out the same again.
 */
const KEPT_SESSIONS = 2_500_000;

/** What making a session costs, in units of `SimulatedMarket`. */
const SESSION_COST = 3;

export interface StockRange {
  readonly ticker: string;
  readonly timeframe: Timeframe;
  /** Open times of the first and the last candle wanted, epoch ms UTC, both included. */
  readonly from: number;
  readonly to: number;
}

/**
 * Simulated stocks that trade on the sessions of the New York Stock Exchange. They have candles of a day and of a week; a candle is known once
 * it is closed.
 */
export class SimulatedStocks {
  readonly markets: readonly Market[];
  readonly #seed: number;
  readonly #budget: EventLoopBudget;
  readonly #profiles: ReadonlyMap<string, StockProfile>;
  readonly #factors: StockFactors;
  readonly #paths = new LRUCache<string, StockPath>({ maxSize: KEPT_SESSIONS });
  readonly #sessions = new SessionList(STOCKS_ORIGIN_MS);

  constructor(seed: number, budget: EventLoopBudget) {
    this.#seed = seed;
    this.#budget = budget;
    this.#factors = new StockFactors(seed);
    this.#profiles = new Map(createStockProfiles(seed).map((profile) => [profile.ticker, profile]));
    this.markets = [...this.#profiles.keys()].map(toMarket);
  }

  has(ticker: string): boolean {
    return this.#profiles.has(ticker);
  }

  /**
   * The candles of a range, closed or not: the caller knows the time.
   * @throws ScannerError `symbol_unknown`; `not_supported` for timeframes other than a day and a week
   */
  async candles({ ticker, timeframe, from, to }: StockRange): Promise<CandleColumns> {
    const profile = this.#profiles.get(ticker);
    if (!profile) throw new ScannerError('symbol_unknown', `The demo market does not list ${ticker}`);
    if (timeframe !== '1d' && timeframe !== '1w') {
      throw new ScannerError(
        'not_supported',
        `Simulated stocks have candles of 1d and 1w, not of ${timeframe}`,
      );
    }
    await this.#budget.available();
    const daily = this.#daily(profile, to + timeframeMs(timeframe) - DAY_MS);
    const candles =
      timeframe === '1d' ? daily : resampleCandles(daily, { from: '1d', to: '1w', keepPartialEnd: true });
    return selectRange(candles, { from, to });
  }

  /** The summary of a stock whose newest closed session is before `nowMs`: its close, and the change from the close before. */
  async ticker(symbol: string, nowMs: number): Promise<Ticker | null> {
    const daily = await this.candles({ ticker: symbol, timeframe: '1d', from: 0, to: nowMs - DAY_MS });
    const [before, last] = [daily.close.at(-2), daily.close.at(-1)];
    if (last === undefined) return null;
    const newest = sliceColumns(daily, -1);
    const typical = ((newest.high[0] ?? 0) + (newest.low[0] ?? 0) + last) / 3;
    return {
      symbol,
      last,
      change24hPct: before === undefined ? null : (last / before - 1) * 100,
      quoteVolume24h: typical * (newest.volume[0] ?? 0),
      timestamp: (newest.openTime[0] ?? 0) + DAY_MS,
    };
  }

  /** Daily candles from the first to the last that opens at or before a time. */
  #daily(profile: StockProfile, upTo: number): CandleColumns {
    const count = this.#sessions.countUpTo(upTo);
    if (count === 0) return allocateColumns(0);
    const known = this.#paths.get(profile.ticker);
    const path = known ?? new StockPath(this.#seed, profile, this.#factors);
    const isLonger = count > path.length;
    this.#budget.spend(Math.max(1, (count - path.length) * SESSION_COST));
    const candles = path.first(count, (session) => this.#sessions.at(session));
    if (isLonger) this.#paths.set(profile.ticker, path, { size: path.length });
    return candles;
  }
}

function toMarket(ticker: string): Market {
  return { symbol: ticker, base: ticker, quote: null, kind: 'stock', active: true, tickSize: 0.01 };
}
