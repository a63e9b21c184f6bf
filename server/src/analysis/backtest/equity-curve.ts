/** Money over time: one value per candle or day, oldest first. */
export interface EquityCurve {
  /** Open times of the candles, or any time of the days; epoch ms UTC, rising. */
  readonly time: Float64Array;
  /** Worth at the close, in money. */
  readonly equity: Float64Array;
  /** Money before the first candle. */
  readonly startEquity: number;
}

const DAY_MS = 86_400_000;

/** The curve with the last value of each UTC day that has one, at midnight of that day. Days without a candle stay out. */
export function toDailyCurve({ time, equity, startEquity }: EquityCurve): EquityCurve {
  const isLastOfDay = (_: number, index: number) => dayOf(time[index]) !== dayOf(time[index + 1]);
  return {
    time: time.filter(isLastOfDay).map((moment) => dayOf(moment) * DAY_MS),
    equity: equity.filter(isLastOfDay),
    startEquity,
  };
}

/**
 * The returns from each UTC day to the next, as ratios. The first day has one only if it ends with other money than the start: then
 * the trading had begun within it.
 */
export function dailyReturns(curve: EquityCurve): Float64Array {
  const { equity, startEquity } = toDailyCurve(curve);
  const returns = equity.map((value, index) => value / (equity[index - 1] ?? startEquity) - 1);
  return returns[0] === 0 ? returns.subarray(1) : returns;
}

/** Days since the epoch; −1 for no time. */
function dayOf(time: number | undefined): number {
  return time === undefined ? -1 : Math.floor(time / DAY_MS);
}
