import { positivePart } from './wilder.ts';

/**
 * Directional movement of a candle towards one side: how far it went further than the candle before on this side, if it did and if
 * that is more than on the other side; else 0. Called with (rise, fall) for +DM, with (fall, rise) for −DM.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function directionalMovement(towards: number, away: number): number {
  return positivePart(towards) * Number(towards > away);
}

/** DI, 0–100: a smoothed directional movement in percent of the smoothed true range; 0 when there was no range. */
export function directionalIndicator(movement: number, range: number): number {
  return range === 0 ? 0 : (100 * movement) / range;
}

/** DX, 0–100, of two smoothed directional movements (or of the two DI, which are in the same ratio); 0 when neither moved. */
export function directionalIndex(plus: number, minus: number): number {
  const total = plus + minus;
  return total === 0 ? 0 : (100 * Math.abs(plus - minus)) / total;
}
