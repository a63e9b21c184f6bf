import { computeDrawdown } from './drawdown.ts';
import { dailyReturns, type EquityCurve } from './equity-curve.ts';
import { computeMoments } from './moments.ts';
import type { Measured, Statistics, UndefinableStatistic } from './statistics.ts';
import { measureTrades, NO_TRADES, type TradeOutcomes, withoutTrades } from './trade-statistics.ts';

export interface StatisticsInput extends EquityCurve {
  /** `null` for a curve that was not traded, as a benchmark's: it is measured whatever the number of trades. */
  readonly trades: TradeOutcomes | null;
  /** Share of the candles in the market, 0–1; `null` when unknown. */
  readonly exposureRatio: number | null;
  /** What holding would have made, as a ratio; `null` when there is nothing to compare with. */
  readonly benchmarkReturnRatio: number | null;
}

export interface StatisticsOptions {
  /** Returns in a year (k); see `periodsPerYear`. Default 252. */
  readonly periodsPerYear?: number;
  /**
   * How returns become annual. `arithmetic` (default): the mean and the deviation times k and √k. `geometric`, as backtesting.py:
   * annual return `g^k − 1` with g the mean growth factor of a day, volatility `√((s² + g²)^k − g^2k)`, both also used for the
   * ratios, and the annual return for Calmar instead of the CAGR.
   */
  readonly ratios?: 'arithmetic' | 'geometric';
  /** Trades below which what is estimated from them is `null`. Default 10. */
  readonly minTrades?: number;
}

/** What says nothing about the strategy when it rests on a handful of trades. */
const ESTIMATES: readonly UndefinableStatistic[] = [
  'sharpe',
  'sortino',
  'calmar',
  'winRatePct',
  'profitFactor',
  'expectancyPct',
  'sqn',
];

/**
 * The statistics of an equity curve and its trades. Formulas and units: {@link Statistics}.
 *
 * Every number is finite. Below `minTrades` trades Sharpe, Sortino, Calmar, win rate, profit factor, expectancy and SQN are
 * `null`; each other `null` is undefined by its formula (no loss, no deviation, no time). `reasons` names them all. An empty
 * curve ends where it started.
 */
export function computeStatistics(input: StatisticsInput, options: StatisticsOptions = {}): Statistics {
  const { startEquity, equity, exposureRatio, benchmarkReturnRatio } = input;
  const trades = input.trades ?? NO_TRADES;
  const drawdown = computeDrawdown(input);
  const finalEquity = equity.at(-1) ?? startEquity;
  const measured: Record<UndefinableStatistic, Measured> = {
    ...measureReturns(input, drawdown.maxRatio, options),
    exposurePct: percentOr(exposureRatio, input.trades ? 'there is no candle' : 'it was not traded'),
    benchmarkReturnPct: percentOr(benchmarkReturnRatio, 'there is nothing to compare with'),
    ...(input.trades ? measureTrades(trades) : withoutTrades('it was not traded')),
  };
  if (input.trades) refuseFewTrades(measured, trades.pnl.length, options.minTrades ?? 10);
  return {
    startEquity,
    finalEquity,
    peakEquity: drawdown.peak,
    returnPct: 100 * (finalEquity / startEquity - 1),
    maxDrawdownRatio: drawdown.maxRatio,
    maxDrawdownDays: drawdown.longestDays,
    tradeCount: trades.pnl.length,
    winningTrades: trades.pnl.filter((value) => value > 0).length,
    losingTrades: trades.pnl.filter((value) => value < 0).length,
    ...splitReasons(measured),
  };
}

type ReturnStatistic = 'cagrPct' | 'annualVolatilityPct' | 'sharpe' | 'sortino' | 'calmar';

function measureReturns(
  curve: EquityCurve,
  maxDrawdown: number,
  { periodsPerYear = 252, ratios = 'arithmetic' }: StatisticsOptions,
): Record<ReturnStatistic, Measured> {
  const returns = dailyReturns(curve);
  const { mean, deviation, count } = computeMoments(returns);
  const cagr = growthRate(curve);
  const isGeometric = ratios === 'geometric';
  const growth = ((curve.equity.at(-1) ?? Number.NaN) / curve.startEquity) ** (1 / count);
  const annualReturn = isGeometric ? growth ** periodsPerYear - 1 : mean * periodsPerYear;
  const volatility = isGeometric
    ? Math.sqrt((deviation ** 2 + growth ** 2) ** periodsPerYear - growth ** (2 * periodsPerYear))
    : deviation * Math.sqrt(periodsPerYear);
  const downside = Math.sqrt(periodsPerYear * meanSquareLoss(returns));
  const forCalmar = isGeometric ? annualReturn : cagr;
  return {
    cagrPct: typeof cagr === 'number' ? 100 * cagr : cagr,
    annualVolatilityPct: count < 2 ? 'there are less than two returns' : 100 * volatility,
    sharpe: volatility > 0 ? annualReturn / volatility : 'the equity does not vary',
    sortino: downside > 0 ? annualReturn / downside : 'no day made a loss',
    calmar: typeof forCalmar === 'string' ? forCalmar : overDrawdown(forCalmar, maxDrawdown),
  };
}

function growthRate({ time, equity, startEquity }: EquityCurve): Measured {
  const years = ((time.at(-1) ?? 0) - (time[0] ?? 0)) / (365.25 * 86_400_000);
  const factor = (equity.at(-1) ?? startEquity) / startEquity;
  if (!(years > 0)) return 'no time passes';
  return factor > 0 ? factor ** (1 / years) - 1 : 'all the money is lost';
}

function overDrawdown(annualReturn: number, maxDrawdown: number): Measured {
  return maxDrawdown > 0 ? annualReturn / maxDrawdown : 'there is no drawdown';
}

function meanSquareLoss(returns: Float64Array): number {
  let sum = 0;
  for (const value of returns) sum += value < 0 ? value * value : 0;
  return sum / returns.length;
}

function percentOr(ratio: number | null, reason: string): Measured {
  return ratio === null ? reason : 100 * ratio;
}

function refuseFewTrades(
  measured: Record<UndefinableStatistic, Measured>,
  count: number,
  needed: number,
): void {
  if (count >= needed) return;
  for (const name of ESTIMATES) measured[name] = `needs ${needed} trades, there are ${count}`;
}

function splitReasons(
  measured: Record<UndefinableStatistic, Measured>,
): Record<UndefinableStatistic, number | null> & Pick<Statistics, 'reasons'> {
  const reasons: Partial<Record<UndefinableStatistic, string>> = {};
  const values = Object.entries(measured).map(([name, value]) => {
    if (typeof value === 'number' && Number.isFinite(value)) return [name, value];
    reasons[name as UndefinableStatistic] = typeof value === 'string' ? value : 'is beyond all numbers'; // keys of the record
    return [name, null];
  });
  return { ...(Object.fromEntries(values) as Record<UndefinableStatistic, number | null>), reasons }; // one entry per key
}
