import type { Breadth, MarketBias } from '@fast-scanner/shared';
import { directionOf } from './direction.ts';

/** Ratios above which a market is bullish, and below which it is bearish. */
export const BREADTH_CUTOFFS = { bullish: 0.6, bearish: 0.4 } as const;

/** Where one symbol of the universe stands, in quote units; `null` where it is not known. */
export interface PriceChange {
  readonly price: number | null;
  /** Price 24 hours ago, see {@link closeAt}; of a stock its previous close. */
  readonly reference: number | null;
}

/**
 * How many symbols of the universe stand above and below their reference. `breadth_ratio` = advancing / (advancing +
 * declining), `null` when nothing moved: unchanged symbols are on neither side. Bullish above 0.6, bearish below 0.4, else
 * (and when nothing moved) neutral. `coverage` = share of the universe with both prices, positive and finite; 0 of none.
 */
export function computeBreadth(universe: readonly PriceChange[]): Breadth {
  const counts = { advancing: 0, declining: 0, unchanged: 0 };
  for (const { price, reference } of universe) {
    const move = Math.log((price ?? Number.NaN) / (reference ?? Number.NaN));
    if (!Number.isFinite(move)) continue;
    const direction = directionOf(move);
    if (direction === 0) counts.unchanged += 1;
    else if (direction === 1) counts.advancing += 1;
    else counts.declining += 1;
  }
  const moved = counts.advancing + counts.declining;
  const known = moved + counts.unchanged;
  const ratio = moved === 0 ? null : counts.advancing / moved;
  return {
    ...counts,
    breadth_ratio: ratio,
    market_bias: toMarketBias(ratio),
    coverage: universe.length === 0 ? 0 : known / universe.length,
  };
}

function toMarketBias(ratio: number | null): MarketBias {
  if (ratio === null) return 'neutral';
  if (ratio > BREADTH_CUTOFFS.bullish) return 'bullish';
  return ratio < BREADTH_CUTOFFS.bearish ? 'bearish' : 'neutral';
}
