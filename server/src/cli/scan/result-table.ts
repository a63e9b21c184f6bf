import type { ScanResult } from '@fast-scanner/shared';
import { formatChange, formatNumber, formatPrice, NO_VALUE } from '../format-cells.ts';
import type { Paint, Tone } from '../palette.ts';
import { type Column, renderTable, toneOfDirection } from '../render-table.ts';

const QUICK_COLUMNS: readonly Column<ScanResult>[] = [
  { title: 'Symbol', align: 'left', text: ({ symbol }) => symbol },
  { title: 'Price', align: 'right', text: ({ price }) => formatPrice(price) },
  {
    title: '24 h',
    align: 'right',
    text: ({ change24h }) => formatChange(change24h),
    tone: ({ change24h }) => toneOfChange(change24h),
  },
  {
    title: 'Signal',
    align: 'left',
    text: ({ signal }) => signal,
    tone: ({ signal }) => toneOfDirection(signal),
  },
  { title: 'Strength', align: 'right', text: ({ strength }) => formatNumber(strength, 0) },
  { title: 'RSI', align: 'right', text: ({ rsi }) => formatNumber(rsi, 1) },
];

const DEEP_COLUMNS: readonly Column<ScanResult>[] = [
  {
    title: 'Regime',
    align: 'left',
    text: ({ deepAnalysis }) => deepAnalysis?.market_regime.regime ?? NO_VALUE,
    tone: ({ deepAnalysis }) => toneOfDirection(deepAnalysis?.market_regime.regime),
  },
  {
    title: 'Score',
    align: 'right',
    text: ({ deepAnalysis }) => formatNumber(deepAnalysis?.opportunity_score, 0),
  },
  { title: 'Entry', align: 'right', text: ({ deepAnalysis }) => formatPrice(deepAnalysis?.sl_tp?.entry) },
  { title: 'Stop', align: 'right', text: ({ deepAnalysis }) => formatPrice(deepAnalysis?.sl_tp?.stopLoss) },
  {
    title: 'Target',
    align: 'right',
    text: ({ deepAnalysis }) => formatPrice(deepAnalysis?.sl_tp?.takeProfit),
  },
  {
    title: 'R:R',
    align: 'right',
    text: ({ deepAnalysis }) => formatNumber(deepAnalysis?.sl_tp?.riskReward, 1),
  },
  {
    title: 'Confluence',
    align: 'left',
    text: formatConfluence,
    tone: ({ deepAnalysis }) => toneOfDirection(deepAnalysis?.confluence.bias),
  },
];

/** Signals with their deep results, the best opportunity first. */
export function renderResults(results: readonly ScanResult[], withDeep: boolean, paint: Paint): string {
  const columns = withDeep ? [...QUICK_COLUMNS, ...DEEP_COLUMNS] : QUICK_COLUMNS;
  return renderTable(columns, [...results].sort(byOpportunity), paint);
}

function byOpportunity(left: ScanResult, right: ScanResult): number {
  const scoreOf = ({ deepAnalysis }: ScanResult) => deepAnalysis?.opportunity_score ?? -1;
  return scoreOf(right) - scoreOf(left) || right.strength - left.strength;
}

function formatConfluence({ deepAnalysis }: ScanResult): string {
  if (!deepAnalysis) return NO_VALUE;
  const { bias, agreeing, timeframes } = deepAnalysis.confluence;
  return `${bias} ${agreeing.length}/${timeframes.length}`;
}

function toneOfChange(changePct: number | null): Tone {
  if (changePct === null || changePct === 0) return 'plain';
  return changePct > 0 ? 'good' : 'bad';
}
