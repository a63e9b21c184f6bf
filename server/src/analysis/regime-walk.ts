import { assertNever, type MarketRegime } from '@fast-scanner/shared';
import { valueAt } from './indicators/indicator.ts';
import { FLAT_LOG_RANGE } from './log-candles.ts';
import type { LogIndicators } from './log-indicators.ts';

export type Regime = MarketRegime['regime'];

/**
 * Thresholds of the direction axis, each an entry and an exit, so that a reading which hovers around one of them does not
 * make the regime flicker. ADX 25 and 20 are Wilder's; the EMA gap opens at a quarter of an ATR and closes at a cross.
 */
export const REGIME_THRESHOLDS = {
  /** ADX from which a trend is on. */
  adxEnter: 25,
  /** ADX below which it is off again. */
  adxExit: 20,
  /** EMA 20 − EMA 50 in ATRs, beyond which a side is taken. */
  gapEnterAtrs: 0.25,
  /** Gap, seen from the side taken, below which it is given up. */
  gapExitAtrs: 0,
} as const;

type Side = -1 | 0 | 1;

/**
 * The regime at every candle, `null` inside the warm-up (EMA 50). Walks forward from the oldest candle and never looks
 * ahead, so cutting the newest candles off changes nothing before the cut. Bull and bear need both: ADX on, and EMA 20 on
 * one side of EMA 50. Everything else is ranging. Before the first reading no trend is on and no side taken.
 */
export function walkRegimes(indicators: LogIndicators): readonly (Regime | null)[] {
  const { ema50, adx } = indicators;
  const regimes = new Array<Regime | null>(ema50.length).fill(null);
  let trending = false;
  let side: Side = 0;
  for (let index = 0; index < regimes.length; index += 1) {
    if (!Number.isFinite(ema50[index])) continue;
    trending = isTrending(trending, valueAt(adx, index) ?? 0);
    side = nextSide(side, emaGapAt(indicators, index) ?? 0);
    regimes[index] = toRegime(trending, side);
  }
  return regimes;
}

/** EMA 20 − EMA 50 in ATRs; `null` inside the warm-up and in a market that does not move. */
export function emaGapAt({ ema20, ema50, atr }: LogIndicators, index: number): number | null {
  const fast = valueAt(ema20, index);
  const slow = valueAt(ema50, index);
  const unit = valueAt(atr, index);
  if (fast === null || slow === null || unit === null || unit <= FLAT_LOG_RANGE) return null;
  return (fast - slow) / unit;
}

function isTrending(before: boolean, adx: number): boolean {
  return adx >= (before ? REGIME_THRESHOLDS.adxExit : REGIME_THRESHOLDS.adxEnter);
}

function nextSide(before: Side, gap: number): Side {
  if (before !== 0 && before * gap > REGIME_THRESHOLDS.gapExitAtrs) return before;
  if (gap > REGIME_THRESHOLDS.gapEnterAtrs) return 1;
  return gap < -REGIME_THRESHOLDS.gapEnterAtrs ? -1 : 0;
}

function toRegime(trending: boolean, side: Side): Regime {
  if (!trending) return 'ranging';
  switch (side) {
    case 1:
      return 'bull';
    case -1:
      return 'bear';
    case 0:
      return 'ranging';
    default:
      return assertNever(side);
  }
}
