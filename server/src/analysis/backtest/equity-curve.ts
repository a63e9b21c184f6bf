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
  const daily = { time: new Float64Array(time.length), equity: new Float64Array(time.length) };
  let days = 0;
  let day = dayOf(time[0]);
  for (let i = 0; i < time.length; i += 1) {
    const next = dayOf(time[i + 1]);
    if (day !== next) {
      daily.time[days] = day * DAY_MS;
      daily.equity[days] = equity[i] ?? Number.NaN;
      days += 1;
    }
    day = next;
  }
  return { time: daily.time.subarray(0, days), equity: daily.equity.subarray(0, days), startEquity };
}

/**
 * The returns from each UTC day to the next, as ratios. The first day has one only if it ends with other money than the start: then
 * the trading had begun within it.
 */
export function dailyReturns(curve: EquityCurve): Float64Array {
  const { equity, startEquity } = toDailyCurve(curve);
  const returns = new Float64Array(equity.length);
  let before = startEquity;
  for (let i = 0; i < equity.length; i += 1) {
    const value = equity[i] ?? Number.NaN;
    returns[i] = value / before - 1;
    before = value;
  }
  return returns[0] === 0 ? returns.subarray(1) : returns;
}

/** Days since the epoch; −1 for no time. */
function dayOf(time = -DAY_MS): number {
  return Math.floor(time / DAY_MS);
}
