import type { MacroStatisticsAnswer, MarketScanResult } from '@fast-scanner/shared';
import { createLinearScale, type LinearScale } from '../charts/linear-scale.ts';
import { renderTable } from '../data-table.ts';
import { formatNumber, formatOrNone, NO_VALUE } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { renderChange } from '../render-change.ts';
import { NO_STOCKS, type ReportSection } from '../report-section.ts';

type Sector = { readonly name: string } & MacroStatisticsAnswer['by_sector'][string];

/** Where it worked: each sector with the mean return of its stocks, the best first. */
export function createSectorSection({ macro_statistics }: MarketScanResult): ReportSection {
  const sectors: readonly Sector[] = Object.entries(macro_statistics.by_sector)
    .map(([name, group]) => ({ name, ...group }))
    .sort((a, b) => (b.return_pct?.avg ?? 0) - (a.return_pct?.avg ?? 0));
  const title = 'Sectors';
  if (sectors.length === 0) return { id: 'sectors', title, body: NO_STOCKS };
  const means = sectors.map(({ return_pct }) => return_pct?.avg ?? 0);
  const scale = createLinearScale(Math.min(0, ...means), Math.max(0, ...means), { ends: 'values' });
  const table = renderTable({
    caption: 'Results by sector',
    columns: [
      { label: 'Sector', cell: ({ name }) => name },
      {
        label: 'Mean return [%]',
        cell: ({ return_pct }) => (return_pct ? renderChange(return_pct.avg) : NO_VALUE),
      },
      { label: 'Compared', cell: ({ return_pct }) => renderBar(return_pct?.avg ?? 0, scale), kind: 'bar' },
      {
        label: 'Median [%]',
        cell: ({ return_pct }) => (return_pct ? renderChange(return_pct.median) : NO_VALUE),
      },
      { label: 'Stocks [#]', cell: ({ stocks }) => formatNumber(stocks, 0) },
      {
        label: 'Profitable [%]',
        cell: ({ profitability_rate }) => formatOrNone(profitability_rate, toTenths),
      },
      {
        label: 'Trades a stock',
        cell: ({ avg_trades_per_stock }) => formatOrNone(avg_trades_per_stock, toTenths),
      },
      { label: 'Win rate [%]', cell: ({ win_rate }) => formatOrNone(win_rate, toTenths) },
    ],
    items: sectors,
  });
  return { id: 'sectors', title, body: table };
}

function toTenths(value: number): string {
  return formatNumber(value, 1);
}

/** A bar from zero to the value; to the left of the line for losses. */
function renderBar(value: number, scale: LinearScale): Html {
  const zero = 100 * scale.position(0);
  const end = 100 * scale.position(value);
  const side = value < 0 ? 'losing' : 'winning';
  return html`<svg class="bar" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="${side}" x="${tenths(Math.min(zero, end))}" width="${tenths(Math.abs(end - zero))}" height="10"/><path class="zero" d="M${tenths(zero)} 0V10"/></svg>`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
