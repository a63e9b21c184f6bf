import type { MarketScanResult } from '@fast-scanner/shared';
import { renderHistogram } from '../charts/histogram-chart.ts';
import { formatCount, formatOrNone, formatPct, formatSigned } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { NO_STOCKS, type ReportSection } from '../report-section.ts';

/** How the returns are spread over the stocks. */
export function createDistributionSection(result: MarketScanResult): ReportSection {
  const { return_pct } = result.macro_statistics;
  const title = 'Returns of the stocks';
  if (return_pct === null || result.distribution.counts.length === 0) {
    return { id: 'returns', title, body: NO_STOCKS };
  }
  const chart = renderHistogram({
    id: 'returns-chart',
    title: 'How many stocks made which return',
    description: describe(result),
    histogram: result.distribution,
    marks: [
      { role: 'mean', value: return_pct.avg },
      { role: 'median', value: return_pct.median },
    ],
  });
  const body = html`<figure><ul class="legend">${renderMark('mean', 'Mean', return_pct.avg)}${renderMark('median', 'Median', return_pct.median)}</ul>
${chart}
<figcaption>Stocks by their return over the whole time [%].</figcaption></figure>
${renderSpread(result)}`;
  return { id: 'returns', title, body };
}

function describe({ macro_statistics: { stocks, return_pct } }: MarketScanResult): string {
  if (return_pct === null) return '';
  const [low, high] = [return_pct.min, return_pct.max].map((value) => formatPct(value, formatSigned));
  return `Histogram of ${formatCount(stocks, 'stock')}: from ${low} to ${high}, mean ${formatPct(return_pct.avg, formatSigned)}, median ${formatPct(return_pct.median, formatSigned)}.`;
}

function renderMark(role: string, name: string, value: number): Html {
  return html`<li><svg class="key" aria-hidden="true" viewBox="0 0 28 8"><path class="stroke ${role}" d="M0 4H28"/></svg>${name} <b>${formatPct(value, formatSigned)}</b></li>`;
}

function renderSpread({ macro_statistics: macro }: MarketScanResult): Html {
  const pct = (value: number | null | undefined) =>
    formatOrNone(value ?? null, (known) => formatPct(known, formatSigned));
  const facts = [
    [
      'Profitable stocks',
      `${macro.profitable_stocks} of ${macro.stocks} (${formatOrNone(macro.profitability_rate, formatPct)})`,
    ],
    ['Losing stocks', String(macro.losing_stocks)],
    ['Unchanged stocks', String(macro.neutral_stocks)],
    ['Worst return', pct(macro.return_pct?.min)],
    ['Best return', pct(macro.return_pct?.max)],
    ['Standard deviation', formatOrNone(macro.return_pct?.std ?? null, formatPct)],
    ['Trades a stock', formatOrNone(macro.avg_trades_per_stock)],
  ] as const;
  return html`<dl class="facts">${facts.map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>\n`)}</dl>`;
}
