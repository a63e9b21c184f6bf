import type { MarketScanResult } from '@fast-scanner/shared';

/** The portfolio's curve with its days as times. */
export interface CurveDays {
  readonly dates: readonly string[];
  /** UTC midnights, epoch ms. */
  readonly times: readonly number[];
  readonly equity: readonly number[];
  readonly benchmark: readonly number[];
}

export function toCurveDays({ portfolio }: Pick<MarketScanResult, 'portfolio'>): CurveDays {
  const { date, equity, benchmark } = portfolio.curve;
  return { dates: date, times: date.map((day) => Date.parse(day)), equity, benchmark };
}

/** How far each value lies below the highest so far, as a positive share of it. The start counts as a peak. */
export function computeFalls(values: readonly number[], start: number): readonly number[] {
  let peak = start;
  return values.map((value) => {
    peak = Math.max(peak, value);
    return peak > 0 ? 1 - value / peak : 0;
  });
}
