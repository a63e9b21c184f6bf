import type { ScanResult } from '@fast-scanner/shared';
import Table from 'cli-table3';
import { formatChange, formatNumber, formatPrice, NO_VALUE } from './format-cells.ts';
import type { Paint, Tone } from './palette.ts';

interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly text: (result: ScanResult) => string;
  readonly tone?: (result: ScanResult) => Tone;
}

const DIRECTION_TONES: Readonly<Record<string, Tone>> = {
  BUY: 'good',
  bull: 'good',
  bullish: 'good',
  SELL: 'bad',
  bear: 'bad',
  bearish: 'bad',
  HOLD: 'quiet',
};

const QUICK_COLUMNS: readonly Column[] = [
  { title: 'Symbol', align: 'left', text: ({ symbol }) => symbol },
  { title: 'Price', align: 'right', text: ({ price }) => formatPrice(price) },
  {
    title: '24 h',
    align: 'right',
    text: ({ change24h }) => formatChange(change24h),
    tone: ({ change24h }) => toneOfChange(change24h),
  },
  { title: 'Signal', align: 'left', text: ({ signal }) => signal, tone: ({ signal }) => toneOf(signal) },
  { title: 'Strength', align: 'right', text: ({ strength }) => formatNumber(strength, 0) },
  { title: 'RSI', align: 'right', text: ({ rsi }) => formatNumber(rsi, 1) },
];

const DEEP_COLUMNS: readonly Column[] = [
  {
    title: 'Regime',
    align: 'left',
    text: ({ deepAnalysis }) => deepAnalysis?.market_regime.regime ?? NO_VALUE,
    tone: ({ deepAnalysis }) => toneOf(deepAnalysis?.market_regime.regime),
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
    tone: ({ deepAnalysis }) => toneOf(deepAnalysis?.confluence.bias),
  },
];

/** Signals with their deep results, the best opportunity first. */
export function renderResults(results: readonly ScanResult[], withDeep: boolean, paint: Paint): string {
  const columns = withDeep ? [...QUICK_COLUMNS, ...DEEP_COLUMNS] : QUICK_COLUMNS;
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align),
    style: { head: [], border: [], compact: true },
  });
  for (const result of [...results].sort(byOpportunity)) {
    table.push(columns.map(({ text, tone }) => paint(tone?.(result) ?? 'plain', text(result))));
  }
  return `${table.toString()}\n`;
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

function toneOf(word: string | undefined): Tone {
  return DIRECTION_TONES[word ?? ''] ?? 'plain';
}

function toneOfChange(changePct: number | null): Tone {
  if (changePct === null || changePct === 0) return 'plain';
  return changePct > 0 ? 'good' : 'bad';
}
