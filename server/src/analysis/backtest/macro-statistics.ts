import { computeMoments } from './moments.ts';

/** What the macro statistics read of one stock's backtest. */
export interface StockOutcome {
  /** `null` when unknown. */
  readonly sector: string | null;
  /** Profit or loss after costs, in money. */
  readonly pnl: number;
  readonly returnPct: number;
  readonly tradeCount: number;
  readonly winningTrades: number;
}

/** How a number is spread over the stocks. */
export interface Distribution {
  readonly average: number;
  /** Mean of the two middle values for an even number of stocks. */
  readonly median: number;
  /** With N − 1; `null` for a single stock. */
  readonly standardDeviation: number | null;
  readonly min: number;
  readonly max: number;
}

/** How a strategy did over a group of stocks, each counted once, whatever its size. */
export interface GroupStatistics {
  readonly stocks: number;
  /** In money. `null` without stocks. */
  readonly pnl: Distribution | null;
  /** In percent. `null` without stocks. */
  readonly returnPct: Distribution | null;
  readonly profitableStocks: number;
  readonly losingStocks: number;
  /** Stocks that made exactly nothing, mostly because they were never traded. */
  readonly neutralStocks: number;
  /** Profitable stocks in percent of all; `null` without stocks. */
  readonly profitabilityRatePct: number | null;
  /** `null` without stocks. */
  readonly averageTradesPerStock: number | null;
  /** Winning trades of all stocks in percent of all their trades; `null` without trades. */
  readonly winRatePct: number | null;
}

export interface MacroStatistics extends GroupStatistics {
  /** The same for each sector, by its name in alphabetical order. */
  readonly bySector: Readonly<Record<string, GroupStatistics>>;
}

/** The sector of stocks whose sector is not known. */
export const UNKNOWN_SECTOR = 'Unknown';

/** The statistics over all stocks and those of each sector. Stocks that failed are none of them. */
export function computeMacroStatistics(outcomes: readonly StockOutcome[]): MacroStatistics {
  const sectors = new Map<string, StockOutcome[]>();
  for (const outcome of outcomes) {
    const sector = outcome.sector ?? UNKNOWN_SECTOR;
    const members = sectors.get(sector);
    if (members) members.push(outcome);
    else sectors.set(sector, [outcome]);
  }
  const named = [...sectors].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    ...summarizeGroup(outcomes),
    bySector: Object.fromEntries(named.map(([sector, members]) => [sector, summarizeGroup(members)])),
  };
}

function summarizeGroup(outcomes: readonly StockOutcome[]): GroupStatistics {
  const stocks = outcomes.length;
  const profitableStocks = outcomes.filter(({ pnl }) => pnl > 0).length;
  const losingStocks = outcomes.filter(({ pnl }) => pnl < 0).length;
  const trades = sumOf(outcomes, 'tradeCount');
  return {
    stocks,
    pnl: distributionOf(outcomes.map(({ pnl }) => pnl)),
    returnPct: distributionOf(outcomes.map(({ returnPct }) => returnPct)),
    profitableStocks,
    losingStocks,
    neutralStocks: stocks - profitableStocks - losingStocks,
    profitabilityRatePct: shareOf(100 * profitableStocks, stocks),
    averageTradesPerStock: shareOf(trades, stocks),
    winRatePct: shareOf(100 * sumOf(outcomes, 'winningTrades'), trades),
  };
}

function distributionOf(values: readonly number[]): Distribution | null {
  const sorted = Float64Array.from(values).sort();
  const min = sorted.at(0);
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return null;
  const { mean, deviation } = computeMoments(sorted);
  const middle = (sorted.length - 1) / 2;
  const lower = sorted[Math.floor(middle)] ?? min;
  const upper = sorted[Math.ceil(middle)] ?? max;
  return {
    average: mean,
    median: (lower + upper) / 2,
    standardDeviation: Number.isNaN(deviation) ? null : deviation,
    min,
    max,
  };
}

function sumOf(outcomes: readonly StockOutcome[], field: 'tradeCount' | 'winningTrades'): number {
  return outcomes.reduce((sum, outcome) => sum + outcome[field], 0);
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
