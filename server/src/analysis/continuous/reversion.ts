import type { CandleColumns, ContinuousConfig, Reversion } from '@fast-scanner/shared';
import { lastValue } from '../indicators/indicator.ts';
import { computeRsi } from '../indicators/rsi.ts';
import { type Direction, directionOf, toBias } from './direction.ts';
import { newestChangePct, newestLogReturn, newestMean } from './newest.ts';
import { requireWindow } from './require-window.ts';

/** Points of each factor that is true. */
export const REVERSION_POINTS = 25;
/** Score above which a symbol is a candidate. */
export const CANDIDATE_CUTOFF = 50;
/** Move of one candle, as a ratio, up to which it counts as none. */
export const LEAST_MOVE = 0.001;
/** Candles the gain is measured over. */
export const GAIN_CANDLES = 5;
/** Candles of the newest volume, and of the volume it is compared with (the newest among them). */
export const EXHAUSTION_CANDLES = { newest: 3, usual: 10 } as const;
/** Share of its volume that each of the newest candles must have lost to the one before. */
export const VOLUME_FALL = 0.1;
/** Wilder RSI 14. */
export const RSI_EXTREMES = { overbought: 70, oversold: 30 } as const;
/** Closes the reversion needs: RSI 14's warm-up. */
export const REVERSION_WARMUP = 15;

export type ReversionRules = Pick<
  ContinuousConfig,
  'momentum_exhaustion_threshold' | 'volume_exhaustion_multiplier' | 'excessive_gain_threshold'
>;

/**
 * Whether the price has run too far and may turn: 25 points, 0–100 in all, for each of
 * - momentum exhaustion: at least `momentum_exhaustion_threshold` (4) moves in a row of one sign, each by more than 0.1 %;
 * - volume exhaustion: mean volume of 3 candles > `volume_exhaustion_multiplier` (1.5) × the mean of 10, while each of the
 *   newest two has more than 10 % less than the one before it;
 * - excessive gain: more than `excessive_gain_threshold` (15 %) over 5 candles;
 * - Wilder RSI 14 above 70 (overbought) or below 30 (oversold).
 *
 * A candidate above 50, so with three of them; its direction is against the 5-candle gain. Moves are compared as log returns
 * with ln(1 + limit): a fall counts when making up for it takes a rise of more than the limit (15 %: a fall of 13.04 %), so
 * both sides are judged alike. The RSI is that of log prices, for the same reason, and may differ from a chart's by tenths; it
 * looks back over all candles given, and from about 100 of them on no longer depends on where they begin.
 * @throws ScannerError `insufficient_data` below 15 candles
 */
export function computeReversion(candles: CandleColumns, rules: ReversionRules): Reversion {
  requireWindow(candles, REVERSION_WARMUP, 'reversion');
  const { close, volume } = candles;
  const gain = newestLogReturn(close, GAIN_CANDLES);
  const consecutiveMoves = countConsecutiveMoves(close);
  const momentumExhaustion = consecutiveMoves >= rules.momentum_exhaustion_threshold;
  const volumeExhaustion = isVolumeExhausted(volume, rules.volume_exhaustion_multiplier);
  const excessiveGain = Math.abs(gain) > Math.log1p(rules.excessive_gain_threshold);
  const { isOverbought, isOversold } = readRsi(close);
  const factors = [momentumExhaustion, volumeExhaustion, excessiveGain, isOverbought || isOversold];
  const score = REVERSION_POINTS * factors.filter((isTrue) => isTrue).length;
  return {
    reversion_score: score,
    momentum_exhaustion: momentumExhaustion,
    consecutive_moves: consecutiveMoves,
    volume_exhaustion: volumeExhaustion,
    excessive_gain: excessiveGain,
    recent_gain_pct: newestChangePct(close, GAIN_CANDLES),
    is_overbought: isOverbought,
    is_oversold: isOversold,
    reversion_direction: toBias(opposite(directionOf(gain))),
    reversion_candidate: score > CANDIDATE_CUTOFF,
  };
}

/** Newest moves in a row that have the sign of the newest one and more than {@link LEAST_MOVE} each. */
function countConsecutiveMoves(close: Float64Array): number {
  const least = Math.log1p(LEAST_MOVE);
  const moveAt = (index: number) => Math.log((close[index] ?? Number.NaN) / (close[index - 1] ?? Number.NaN));
  const newest = close.length - 1;
  const sign = directionOf(moveAt(newest));
  let index = newest;
  while (index > 0 && sign * moveAt(index) > least) index -= 1;
  return newest - index;
}

function isVolumeExhausted(volume: Float64Array, multiplier: number): boolean {
  const { newest, usual } = EXHAUSTION_CANDLES;
  const fallsAt = (index: number) =>
    (volume.at(index) ?? Number.NaN) < (1 - VOLUME_FALL) * (volume.at(index - 1) ?? Number.NaN);
  return newestMean(volume, newest) > multiplier * newestMean(volume, usual) && fallsAt(-1) && fallsAt(-2);
}

function readRsi(close: Float64Array): { isOverbought: boolean; isOversold: boolean } {
  const first = close[0] ?? Number.NaN;
  const rsi = lastValue(computeRsi(close.map((price) => Math.log(price / first))));
  return {
    isOverbought: rsi !== null && rsi > RSI_EXTREMES.overbought,
    isOversold: rsi !== null && rsi < RSI_EXTREMES.oversold,
  };
}

function opposite(direction: Direction): Direction {
  if (direction === 0) return 0;
  return direction === 1 ? -1 : 1;
}
