import { setImmediate } from 'node:timers/promises';
import {
  type CandleSeries,
  type MarketState,
  sliceSeries,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { computeBreadth, type PriceChange } from '../../analysis/continuous/breadth.ts';
import { closeAt } from '../../analysis/continuous/close-at.ts';
import { computeUniverseVolatility } from '../../analysis/continuous/universe-volatility.ts';
import { computeVolatilityRegime } from '../../analysis/continuous/volatility-regime.ts';
import type { FollowedSymbol } from './followed-symbol.ts';

export interface MarketStateOptions {
  readonly symbols: readonly FollowedSymbol[];
  /** Newest price of a symbol; `null` while none is known. */
  readonly priceOf: (symbol: FollowedSymbol) => number | null;
  readonly activeSignals: number;
  readonly now: number;
}

const DAY_MS = 86_400_000;
/** Candles behind the volatility's history: enough for a hundred readings. */
const VOLATILITY_CANDLES = 121;

/** Breadth of all followed symbols against 24 hours ago (stocks: the previous close), and how volatile the market is by its own history. */
export async function readMarketState(options: MarketStateOptions): Promise<MarketState> {
  const { symbols, activeSignals, now } = options;
  const breadth = computeBreadth(symbols.map((symbol) => toChange(symbol, options)));
  await setImmediate(); // two halves are held up less than one whole
  const swing = symbols.flatMap(
    ({ series }) => series.find(({ identity }) => identity.style === 'swing')?.series ?? [],
  );
  const readings = computeUniverseVolatility(swing.map((series) => sliceSeries(series, -VOLATILITY_CANDLES)));
  return {
    timestamp: toIsoTime(now),
    breadth,
    volatility_regime: computeVolatilityRegime(readings).regime,
    active_signals: activeSignals,
  };
}

function toChange(followed: FollowedSymbol, { priceOf }: MarketStateOptions): PriceChange {
  const price = priceOf(followed);
  const isStock = !followed.symbol.includes('/');
  return { price, reference: isStock ? previousClose(followed) : closeOneDayAgo(followed) };
}

/** The close 24 hours before now on the shortest timeframe that reaches back so far. */
function closeOneDayAgo({ feed, series }: FollowedSymbol): number | null {
  const then = feed.now() - DAY_MS;
  const reaching = series
    .flatMap(({ series: candles }) => (candles && (candles.openTime[0] ?? Infinity) <= then ? [candles] : []))
    .sort((a, b) => timeframeMs(a.timeframe) - timeframeMs(b.timeframe));
  const [shortest] = reaching;
  return shortest ? closeAt(shortest, then) : null;
}

function previousClose({ series }: FollowedSymbol): number | null {
  const daily = series.find(({ identity }) => identity.timeframe === '1d')?.series as
    | CandleSeries
    | null
    | undefined;
  return daily?.close.at(-1) ?? null;
}
