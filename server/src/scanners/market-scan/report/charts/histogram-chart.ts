import type { MarketScanResult } from '@fast-scanner/shared';
import { formatCount, formatNumber, formatPct } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { DRAWING, renderChart, toPercent } from './chart-frame.ts';
import { createLinearScale, type LinearScale } from './linear-scale.ts';

export interface HistogramChart {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Of percentages, with at least one bin. */
  readonly histogram: MarketScanResult['distribution'];
  /** Vertical lines in percent, each with the class it is drawn by. */
  readonly marks: readonly { readonly role: 'mean' | 'median'; readonly value: number }[];
}

/** Room between two bars, in units of the drawing. */
const GAP = 2;

/** How many stocks made how much. The axis says on which side of zero a bar lies, its colour only repeats it. */
export function renderHistogram({ id, title, description, histogram, marks }: HistogramChart): Html {
  const { edges, counts } = histogram;
  const returns = createLinearScale(edges.at(0) ?? 0, edges.at(-1) ?? 0, { ticks: 8, ends: 'values' });
  const stocks = createLinearScale(0, Math.max(1, ...counts), { minStep: 1, ticks: 4 });
  const labels = returns.ticks.map((value) => ({
    at: returns.position(value),
    label: formatPct(value, formatTick(returns)),
  }));
  return renderChart({
    id,
    title,
    description,
    xTicks: labels,
    yTicks: stocks.ticks.map((value) => ({ at: 1 - stocks.position(value), label: formatNumber(value, 0) })),
    drawing: html`${counts.map((count, index) =>
      renderBar({ from: edges[index] ?? 0, to: edges[index + 1] ?? 0, count }, returns, stocks),
    )}`,
    marks: html`${marks.map(({ role, value }) => {
      const x = toPercent(returns.position(value));
      return html`<line class="stroke ${role}" x1="${x}" x2="${x}" y1="0" y2="100%"/>`;
    })}`,
  });
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function renderBar({ from, to, count }: Bin, returns: LinearScale, stocks: LinearScale): Html | null {
  if (count === 0) return null;
  const left = returns.position(from) * DRAWING.width;
  const width = returns.position(to) * DRAWING.width - left;
  const height = stocks.position(count) * DRAWING.height;
  const side = to <= 0 ? 'losing' : from >= 0 ? 'winning' : 'mixed';
  const range = `${formatNumber(from)} % to ${formatNumber(to)} %: ${formatCount(count, 'stock')}`;
  return html`<rect class="${side}" x="${tenths(left + GAP / 2)}" y="${tenths(DRAWING.height - height)}" width="${tenths(Math.max(1, width - GAP))}" height="${tenths(height)}"><title>${range}</title></rect>`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function formatTick({ step }: LinearScale): (value: number) => string {
  return (value) => formatNumber(value, step >= 1 ? 0 : step >= 0.1 ? 1 : 2);
}
