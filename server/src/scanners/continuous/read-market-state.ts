import { setImmediate } from 'node:timers/promises';
import { type MarketState, sliceSeries, toIsoTime } from '@fast-scanner/shared';
import { computeBreadth, type PriceChange } from '../../analysis/continuous/breadth.ts';
import { computeUniverseVolatility } from '../../analysis/continuous/universe-volatility.ts';
import { computeVolatilityRegime } from '../../analysis/continuous/volatility-regime.ts';
import type { FollowedSymbol } from './followed-symbol.ts';
import { priceReference } from './price-reference.ts';
import type { Tick } from './tick-book.ts';

export interface MarketStateOptions {
  readonly symbols: readonly FollowedSymbol[];
  /** The price of a symbol; `null` while none is known. */
  readonly priceOf: (symbol: FollowedSymbol) => Tick | null;
  readonly activeSignals: number;
  readonly now: number;
}

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
  const tick = priceOf(followed);
  return { price: tick?.price ?? null, reference: tick && priceReference(followed, tick) };
}
