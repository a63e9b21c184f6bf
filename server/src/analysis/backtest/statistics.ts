/**
 * What an equity curve and its trades come to. Percentages are in percent; `null` means there is no such number, and `reasons`
 * says why.
 *
 * Returns are those from one UTC day to the next (from week to week for weekly candles); k of them make a year. Ratios have no
 * risk-free rate. Below, r are the returns, m their mean, s their standard deviation with N − 1, R the returns of the trades (profit
 * or loss after costs over the value of the entry), n their number.
 */
export interface Statistics extends Readonly<Record<UndefinableStatistic, number | null>> {
  readonly startEquity: number;
  readonly finalEquity: number;
  readonly peakEquity: number;
  /** `100 · (final / start − 1)`. */
  readonly returnPct: number;
  /** The deepest fall below the highest equity so far, as a share of it, 0–1. */
  readonly maxDrawdownRatio: number;
  /** The longest time from a peak until it was reached again or until the end, in days. */
  readonly maxDrawdownDays: number;
  readonly tradeCount: number;
  /** Trades with a profit after costs. */
  readonly winningTrades: number;
  /** Trades with a loss after costs. */
  readonly losingTrades: number;
  /** Why a statistic is `null`, by its name. */
  readonly reasons: Readonly<Partial<Record<UndefinableStatistic, string>>>;
}

/** The formula of every statistic that may be undefined, as the documentation prints it. */
export const STATISTIC_FORMULAS = {
  /** Compound annual growth rate over the calendar time from the first candle to the last. */
  cagrPct: '100 · ((final / start)^(365.25 / days) − 1)',
  /** See {@link StatisticsOptions}.ratios for the two ways to make it. */
  annualVolatilityPct: '100 · s · √k',
  /** @see W. F. Sharpe, The Sharpe Ratio, 1994 */
  sharpe: 'm / s · √k',
  /** Losses are measured against 0 and over all returns. @see F. A. Sortino, L. N. Price, 1994 */
  sortino: 'm / √(mean of min(r, 0)²) · √k',
  /** @see T. W. Young, Calmar Ratio: A Smoother Tool, 1991 */
  calmar: 'CAGR / maximum drawdown',
  /** Share of the candles in which a position was held at any moment. */
  exposurePct: '100 · candles in the market / candles',
  /** Bought at the close of the last candle of the warm-up, held to the last close, without costs. */
  benchmarkReturnPct: '100 · (last close / first close − 1)',
  winRatePct: '100 · trades with a profit / n',
  /** Of returns, not of money: a late trade with more money in it counts like an early one. */
  profitFactor: 'Σ R of the profits / |Σ R of the losses|',
  /** What a trade made on average. */
  expectancyPct: '100 · mean of R',
  /** System quality number. @see V. K. Tharp, Definitive Guide to Position Sizing, 2008 */
  sqn: '√n · mean of the trades’ profits / their standard deviation',
  bestTradePct: '100 · largest R',
  worstTradePct: '100 · smallest R',
} as const;

/** A statistic that needs more than any curve has. */
export type UndefinableStatistic = keyof typeof STATISTIC_FORMULAS;

/** A value, or why there is none. */
export type Measured = number | string;
