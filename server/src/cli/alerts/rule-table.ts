import { type AlertChange, type AlertRule, DEFAULT_THRESHOLDS } from '@fast-scanner/shared';
import { formatCount, NO_VALUE } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';

const UNITS: Readonly<Record<AlertChange, string>> = {
  flipped: '',
  strengthened: 'points',
  weakened: 'points',
  price_move: '%',
  regime_change: '',
  score_above: 'points',
  confluence_reached: 'of the timeframes',
};

const COLUMNS: readonly Column<AlertRule>[] = [
  { title: 'Rule', align: 'left', text: ({ id }) => id },
  {
    title: 'On',
    align: 'left',
    text: ({ enabled }) => (enabled ? 'yes' : 'no'),
    tone: ({ enabled }) => (enabled ? 'good' : 'quiet'),
  },
  { title: 'Watches', align: 'left', text: ({ change }) => change },
  { title: 'From', align: 'left', text: describeThreshold },
  { title: 'Symbols', align: 'left', text: ({ symbols }) => describeSymbols(symbols) },
  { title: 'Exchange', align: 'left', text: ({ exchange }) => exchange ?? 'all' },
  { title: 'Timeframe', align: 'left', text: ({ timeframe }) => timeframe ?? 'all' },
  { title: 'Rests', align: 'right', text: ({ cooldownCandles }) => formatCount(cooldownCandles, 'candle') },
];

export function renderRules(rules: readonly AlertRule[], paint: Paint): string {
  return renderTable(COLUMNS, rules, paint);
}

function describeThreshold({ change, threshold, unit }: AlertRule): string {
  const usual = DEFAULT_THRESHOLDS[change];
  if (usual === null) return NO_VALUE;
  if (typeof usual === 'number') return `${threshold ?? usual} ${UNITS[change]}`;
  if (unit === 'atr') return `${threshold ?? usual.atr} ATR`;
  if (unit === 'percent' || threshold !== null) return `${threshold ?? usual.percent} %`;
  return `${usual.percent} % or ${usual.atr} ATR`;
}

function describeSymbols(symbols: AlertRule['symbols']): string {
  if (symbols === null) return 'all';
  const [first = '', ...others] = symbols;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
