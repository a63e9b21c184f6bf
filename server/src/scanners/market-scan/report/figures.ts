import type { CurveStatistics } from '@fast-scanner/shared';
import { STATISTIC_FORMULAS } from '../../../analysis/backtest/statistics.ts';
import { formatNumber, formatSigned } from './format-figures.ts';

export type FigureName = Exclude<keyof CurveStatistics, 'reasons'>;

/** How a statistic of a curve is called, written and explained. */
export interface Figure {
  readonly name: FigureName;
  /** Without its unit. */
  readonly label: string;
  /** `null` for plain ratios. */
  readonly unit: '%' | 'money' | 'days' | '#' | null;
  /** The number in its unit, without it. */
  readonly format: (value: number) => string;
  /** In words. */
  readonly meaning: string;
  /** In the letters the glossary introduces; `null` where the words say it all. */
  readonly formula: string | null;
}

const whole = (value: number) => formatNumber(value, 0);
const toPct = (ratio: number) => formatNumber(100 * ratio);
const two = (value: number) => formatNumber(value);
const signed = (value: number) => formatSigned(value);

/** Every statistic of a curve, in the order of the report. */
export const FIGURES: readonly Figure[] = [
  {
    name: 'start_equity',
    label: 'Equity at the start',
    unit: 'money',
    format: two,
    meaning: 'The starting cash of all stocks together.',
    formula: null,
  },
  {
    name: 'final_equity',
    label: 'Equity at the end',
    unit: 'money',
    format: two,
    meaning: 'Cash and positions of all stocks on the last day, after costs.',
    formula: null,
  },
  {
    name: 'return_pct',
    label: 'Return',
    unit: '%',
    format: signed,
    meaning: 'What the start became, over the whole time.',
    formula: '100 · (final / start − 1)',
  },
  {
    name: 'cagr_pct',
    label: 'CAGR',
    unit: '%',
    format: signed,
    meaning: 'Compound annual growth rate: the same growth every year that leads to the same end.',
    formula: STATISTIC_FORMULAS.cagrPct,
  },
  {
    name: 'annual_volatility_pct',
    label: 'Volatility a year',
    unit: '%',
    format: two,
    meaning: 'How widely the returns vary.',
    formula: STATISTIC_FORMULAS.annualVolatilityPct,
  },
  {
    name: 'sharpe_ratio',
    label: 'Sharpe ratio',
    unit: null,
    format: two,
    meaning: 'Return for each unit of variation, annualised, without a risk-free rate.',
    formula: STATISTIC_FORMULAS.sharpe,
  },
  {
    name: 'sortino_ratio',
    label: 'Sortino ratio',
    unit: null,
    format: two,
    meaning: 'As the Sharpe ratio, but only losses count as variation.',
    formula: STATISTIC_FORMULAS.sortino,
  },
  {
    name: 'calmar_ratio',
    label: 'Calmar ratio',
    unit: null,
    format: two,
    meaning: 'Annual growth for each unit of the deepest fall.',
    formula: STATISTIC_FORMULAS.calmar,
  },
  {
    name: 'max_drawdown',
    label: 'Max. drawdown',
    unit: '%',
    format: toPct,
    meaning: 'The deepest fall below the highest equity so far, as a share of it.',
    formula: '100 · max(1 − equity / highest equity so far)',
  },
  {
    name: 'max_drawdown_days',
    label: 'Longest drawdown',
    unit: 'days',
    format: whole,
    meaning:
      'The longest time from a peak until it was reached again, or until the end. Not always that of the deepest fall.',
    formula: null,
  },
  {
    name: 'exposure_pct',
    label: 'Exposure',
    unit: '%',
    format: two,
    meaning: 'Share of the candles in which a position was held at any moment.',
    formula: STATISTIC_FORMULAS.exposurePct,
  },
  {
    name: 'total_trades',
    label: 'Trades',
    unit: '#',
    format: whole,
    meaning: 'Positions that were opened and closed, of all stocks together.',
    formula: null,
  },
  {
    name: 'win_rate',
    label: 'Win rate',
    unit: '%',
    format: two,
    meaning: 'Share of the trades that made a profit after costs.',
    formula: STATISTIC_FORMULAS.winRatePct,
  },
  {
    name: 'profit_factor',
    label: 'Profit factor',
    unit: null,
    format: two,
    meaning: 'What the winning trades made for each unit the losing ones lost, counted in returns.',
    formula: STATISTIC_FORMULAS.profitFactor,
  },
  {
    name: 'expectancy_pct',
    label: 'Expectancy a trade',
    unit: '%',
    format: signed,
    meaning: 'What a trade made on average.',
    formula: STATISTIC_FORMULAS.expectancyPct,
  },
  {
    name: 'sqn',
    label: 'SQN',
    unit: null,
    format: two,
    meaning: 'System quality number: how far the mean profit of the trades lies above chance.',
    formula: STATISTIC_FORMULAS.sqn,
  },
  {
    name: 'best_trade_pct',
    label: 'Best trade',
    unit: '%',
    format: signed,
    meaning: 'The largest return of a trade.',
    formula: STATISTIC_FORMULAS.bestTradePct,
  },
  {
    name: 'worst_trade_pct',
    label: 'Worst trade',
    unit: '%',
    format: signed,
    meaning: 'The smallest return of a trade.',
    formula: STATISTIC_FORMULAS.worstTradePct,
  },
];

/** `Return [%]`: a label with its unit. */
export function labelWithUnit({ label, unit }: Pick<Figure, 'label' | 'unit'>): string {
  return unit === null ? label : `${label} [${unit}]`;
}

/** Why a statistic is `null`. */
export function reasonOf({ reasons }: Pick<CurveStatistics, 'reasons'>, name: FigureName): string {
  return reasons[name] ?? 'not available';
}
