import { type EquityCurve, toDailyCurve } from '../../analysis/backtest/equity-curve.ts';
import type { TestPlan } from './backtester.ts';
import { isLoaded } from './history-loader.ts';
import { MARKET_FUND } from './resolve-universe.ts';
import type { JobParts } from './scan-stocks.ts';

export interface NamedCurve extends EquityCurve {
  readonly name: string;
}

/**
 * The market fund bought at the first close of the range and held, worth 1 at the start; `null` for coins and where the source does not
 * have it: then the strategy is compared with its own universe.
 */
export async function readBenchmark(
  { loader }: Pick<JobParts, 'loader'>,
  { market }: TestPlan,
): Promise<NamedCurve | null> {
  if (market !== 'stocks') return null;
  const fund = await loader.load(MARKET_FUND);
  if (!isLoaded(fund)) return null;
  const { close, openTime: time } = fund.candles;
  const first = close[0] ?? Number.NaN;
  const curve = { time, equity: close.map((price) => price / first), startEquity: 1 };
  return { ...toDailyCurve(curve), name: `${MARKET_FUND}, bought and held` };
}
