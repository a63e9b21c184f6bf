import type { CurveStatistics } from '@fast-scanner/client';
import { formatNumber, formatPercent } from '../../format/format-number.ts';

export interface ComparedStatistic {
  readonly id: keyof Omit<CurveStatistics, 'reasons'>;
  readonly label: string;
  readonly help?: string;
  readonly format: (value: number) => string;
}

const plain = (value: number) => formatNumber(value, 2);
const percent = (value: number) => `${formatNumber(value, 1)} %`;

/** What strategy and benchmark are compared by. */
export const COMPARED: readonly ComparedStatistic[] = [
  { id: 'return_pct', label: 'Return', format: (value) => formatPercent(value, 1) },
  {
    id: 'cagr_pct',
    label: 'Return a year',
    help: 'Compound annual growth',
    format: (value) => formatPercent(value, 1),
  },
  { id: 'max_drawdown', label: 'Deepest drawdown', format: (ratio) => formatPercent(-100 * ratio, 1) },
  { id: 'max_drawdown_days', label: 'Longest drawdown', format: (days) => `${formatNumber(days)} days` },
  { id: 'annual_volatility_pct', label: 'Volatility a year', format: percent },
  {
    id: 'sharpe_ratio',
    label: 'Sharpe ratio',
    help: 'Return for one unit of volatility, a year',
    format: plain,
  },
  {
    id: 'sortino_ratio',
    label: 'Sortino ratio',
    help: 'Return for one unit of losing volatility, a year',
    format: plain,
  },
  {
    id: 'calmar_ratio',
    label: 'Calmar ratio',
    help: 'Return a year for one unit of the deepest drawdown',
    format: plain,
  },
  {
    id: 'exposure_pct',
    label: 'Exposure',
    help: 'Share of the time and money in the market',
    format: percent,
  },
  { id: 'total_trades', label: 'Trades', format: (count) => formatNumber(count) },
  { id: 'win_rate', label: 'Win rate', help: 'Share of trades that won, after costs', format: percent },
  {
    id: 'profit_factor',
    label: 'Profit factor',
    help: 'What was won for each unit that was lost',
    format: plain,
  },
  { id: 'expectancy_pct', label: 'Average trade', format: (value) => formatPercent(value) },
  {
    id: 'sqn',
    label: 'System quality',
    help: 'Average trade in units of its own spread, times the root of the number of trades',
    format: plain,
  },
  { id: 'best_trade_pct', label: 'Best trade', format: (value) => formatPercent(value, 1) },
  { id: 'worst_trade_pct', label: 'Worst trade', format: (value) => formatPercent(value, 1) },
  { id: 'final_equity', label: 'Final equity', format: (money) => formatNumber(money) },
];
