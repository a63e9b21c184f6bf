import type { MarketScanResult } from '@fast-scanner/shared';
import { FIGURES, type Figure, type FigureName, reasonOf } from '../figures.ts';
import { formatCount, formatNumber, formatPct, formatSigned, NO_VALUE } from '../format-figures.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import type { ReportSection } from '../report-section.ts';

const SHOWN: readonly FigureName[] = [
  'cagr_pct',
  'sharpe_ratio',
  'sortino_ratio',
  'max_drawdown',
  'exposure_pct',
  'win_rate',
  'profit_factor',
];

/** Of a benchmark that is only held, these say nothing. */
const OF_THE_STRATEGY_ALONE: readonly FigureName[] = ['exposure_pct', 'win_rate', 'profit_factor'];

/** The result in a handful of numbers, the benchmark's beside them. */
export function createKeyFigures(result: MarketScanResult): ReportSection {
  const figures = FIGURES.filter(({ name }) => SHOWN.includes(name));
  return {
    id: 'key-figures',
    title: 'Key figures',
    body: html`<dl class="cards">
${renderProfit(result)}${renderReturn(result)}${figures.map((figure) => renderFigure(figure, result))}</dl>
<p class="note">Benchmark: ${result.benchmark.name}. Money is in the currency of the prices.</p>`,
  };
}

function renderProfit({ total_pnl, portfolio, successful }: MarketScanResult): Html {
  const invested = `from ${formatNumber(portfolio.start_equity, 0)} in ${formatCount(successful, 'stock')}`;
  return renderCard(
    'Total PnL [money]',
    renderSized(formatSigned(total_pnl, 0), total_pnl),
    invested,
    'lead',
  );
}

function renderReturn({ portfolio, benchmark }: MarketScanResult): Html {
  const value = renderSized(formatPct(portfolio.return_pct, formatSigned), portfolio.return_pct);
  const held = `Benchmark ${formatPct(benchmark.return_pct, formatSigned)}`;
  return renderCard('Portfolio return', value, held, 'lead');
}

function renderFigure(figure: Figure, { portfolio, benchmark }: MarketScanResult): Html {
  const { name, label } = figure;
  const value = portfolio[name];
  if (value === null) {
    return renderCard(label, NO_VALUE, [html`<span class="reason">${reasonOf(portfolio, name)}</span>`]);
  }
  const beside = OF_THE_STRATEGY_ALONE.includes(name)
    ? null
    : `Benchmark ${withUnit(figure, benchmark[name])}`;
  return renderCard(label, withUnit(figure, value), beside);
}

function withUnit({ unit, format }: Figure, value: number | null): string {
  if (value === null) return NO_VALUE;
  return unit === '%' ? formatPct(value, format) : format(value);
}

function renderSized(text: string, value: number): Html {
  return html`<b class="${value < 0 ? 'down' : value > 0 ? 'up' : 'even'}">${text}</b>`;
}

function renderCard(label: string, value: HtmlValue, beside: HtmlValue, className = ''): Html {
  return html`<div class="card ${className}"><dt>${label}</dt><dd class="value">${value}</dd><dd class="beside">${beside}</dd></div>
`;
}
