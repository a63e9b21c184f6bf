import { type EquityCurve, toDailyCurve } from '../../analysis/backtest/equity-curve.ts';
import type { TestPlan } from './backtester.ts';
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
  { feed, work, range, ledger }: JobParts,
  { market }: TestPlan,
): Promise<NamedCurve | null> {
  if (market !== 'stocks') return null;
  const { signal } = work;
  const request = { symbol: MARKET_FUND, timeframe: ledger.job.input.interval, ...range };
  const history = await feed.history(request, { signal }).catch(() => null); // there is another to compare with
  signal.throwIfAborted();
  const first = history?.candles.close[0];
  if (!history || first === undefined) return null;
  const equity = history.candles.close.map((close) => close / first);
  const curve = { time: history.candles.openTime, equity, startEquity: 1 };
  return { ...toDailyCurve(curve), name: `${MARKET_FUND}, bought and held` };
}
