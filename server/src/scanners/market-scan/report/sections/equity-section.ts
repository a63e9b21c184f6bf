import type { MarketScanResult } from '@fast-scanner/shared';
import { renderCurveChart } from '../charts/curve-chart.ts';
import { createLinearScale } from '../charts/linear-scale.ts';
import type { CurveDays } from '../curve-days.ts';
import { createAmountFormat, formatNumber, formatPct, formatSigned } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

/** What stands where a chart needs more than there is. */
export const NO_CURVE = html`<p class="empty">There is no curve: it takes at least two days of a tested stock.</p>`;

/** The worth of all stocks together over time, and what holding them would have been worth. */
export function createEquitySection(result: MarketScanResult, days: CurveDays): ReportSection {
  const title = 'Equity';
  if (days.times.length < 2) return { id: 'equity', title, body: NO_CURVE };
  const values = [...days.equity, ...days.benchmark];
  const [low, high] = [smallest(values), largest(values)];
  const scale = createLinearScale(low, high);
  const chart = renderCurveChart({
    id: 'equity-chart',
    title: 'Equity of the strategy and of the benchmark',
    description: describe(result, days),
    times: days.times,
    series: [
      { role: 'strategy', values: days.equity },
      { role: 'benchmark', values: days.benchmark },
    ],
    axis: {
      scale,
      format: createAmountFormat(Math.max(Math.abs(low), Math.abs(high)), scale.step),
      top: 'high',
    },
  });
  const body = html`<figure>${renderLegend(result)}
${chart}
<figcaption>Worth of all stocks together at the end of each day [money], on a linear scale.</figcaption></figure>`;
  return { id: 'equity', title, body };
}

function describe({ portfolio, benchmark }: MarketScanResult, { dates }: CurveDays): string {
  const [first = '', last = ''] = [dates.at(0), dates.at(-1)];
  const ends = `from ${formatNumber(portfolio.start_equity)} to ${formatNumber(portfolio.final_equity)}`;
  return `Line chart from ${first} to ${last}. The strategy goes ${ends}, the benchmark to ${formatNumber(benchmark.final_equity)}.`;
}

function renderLegend({ portfolio, benchmark }: MarketScanResult): Html {
  const entry = (role: string, name: string, returnPct: number) =>
    html`<li><svg class="key" aria-hidden="true" viewBox="0 0 28 8"><path class="line ${role}" d="M0 4H28"/></svg>${name} <b>${formatPct(returnPct, formatSigned)}</b></li>`;
  return html`<ul class="legend">${entry('strategy', 'Strategy', portfolio.return_pct)}${entry('benchmark', 'Benchmark', benchmark.return_pct)}</ul>`;
}

function smallest(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
}

function largest(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
}
