import type { MarketScanResult } from '@fast-scanner/shared';
import { renderCurveChart } from '../charts/curve-chart.ts';
import { createLinearScale } from '../charts/linear-scale.ts';
import { type CurveDays, computeFalls } from '../curve-days.ts';
import { formatCount, formatNumber, formatPct } from '../format-figures.ts';
import { html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';
import { NO_CURVE } from './equity-section.ts';

/** How far the portfolio lay below its highest worth so far, day by day. */
export function createDrawdownSection(
  { portfolio, benchmark }: MarketScanResult,
  days: CurveDays,
): ReportSection {
  const title = 'Drawdown';
  if (days.times.length < 2) return { id: 'drawdown', title, body: NO_CURVE };
  const falls = computeFalls(days.equity, portfolio.start_equity);
  const held = computeFalls(days.benchmark, benchmark.start_equity);
  const deepest = [...falls, ...held].reduce((most, fall) => Math.max(most, fall), 0);
  const scale = createLinearScale(0, deepest > 0 ? deepest : 0.01, { ticks: 3 });
  const bottom = deepestOf(falls, days);
  const longest = formatCount(Math.round(portfolio.max_drawdown_days), 'day');
  const chart = renderCurveChart({
    id: 'drawdown-chart',
    title: 'Drawdown of the strategy and of the benchmark',
    description: `Area chart of the fall below the highest equity so far. ${bottom?.label ?? 'The strategy never falls'}.`,
    times: days.times,
    series: [
      { role: 'benchmark', values: held },
      { role: 'strategy', values: falls, isArea: true },
    ],
    axis: { scale, format: createPctFormat(scale.step), top: 'low' },
    ...(bottom && { mark: bottom }),
  });
  const body = html`<figure class="low">${chart}
<figcaption>Fall below the highest equity so far [%]; the longest time below a peak was ${longest}. Dashed: the benchmark, at most ${formatPct(100 * benchmark.max_drawdown)}.</figcaption></figure>`;
  return { id: 'drawdown', title, body };
}

function createPctFormat(step: number): (ratio: number) => string {
  const decimals = step >= 0.0099 ? 0 : step >= 0.00099 ? 1 : 2;
  return (ratio) => formatPct(100 * ratio, (value) => formatNumber(value, decimals));
}

/** The deepest fall; `null` without one. */
function deepestOf(falls: readonly number[], { times, dates }: CurveDays) {
  const value = falls.reduce((most, fall) => Math.max(most, fall), 0);
  if (value === 0) return null;
  const index = falls.indexOf(value);
  return { time: times[index] ?? 0, value, label: `${formatPct(100 * value)} on ${dates[index] ?? ''}` };
}
