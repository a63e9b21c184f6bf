import type { MacroStatisticsAnswer } from '@fast-scanner/shared';
import { formatChange, formatMoney, formatNumber, formatPercent } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable, toneOfAmount } from '../render-table.ts';

type Sector = MacroStatisticsAnswer['by_sector'][string] & { readonly name: string };

const COLUMNS: readonly Column<Sector>[] = [
  { title: 'Sector', align: 'left', text: ({ name }) => name },
  { title: 'Stocks', align: 'right', text: ({ stocks }) => String(stocks) },
  {
    title: 'Profitable',
    align: 'right',
    text: ({ profitability_rate }) => formatPercent(profitability_rate),
  },
  {
    title: 'Mean PnL',
    align: 'right',
    text: ({ pnl }) => (pnl === null ? formatNumber(null, 0) : formatMoney(pnl.avg)),
    tone: ({ pnl }) => toneOfAmount(pnl?.avg ?? 0),
  },
  { title: 'Mean return', align: 'right', text: ({ return_pct }) => formatChange(return_pct?.avg ?? null) },
  { title: 'Median', align: 'right', text: ({ return_pct }) => formatChange(return_pct?.median ?? null) },
  {
    title: 'Trades a stock',
    align: 'right',
    text: ({ avg_trades_per_stock }) => formatNumber(avg_trades_per_stock, 1),
  },
  { title: 'Won', align: 'right', text: ({ win_rate }) => formatPercent(win_rate) },
];

/** The sectors, the most profitable first; nothing when there is but one. */
export function renderSectors({ by_sector }: MacroStatisticsAnswer, paint: Paint): string {
  const sectors = Object.entries(by_sector).map(([name, sector]): Sector => ({ name, ...sector }));
  if (sectors.length < 2) return '';
  const byReturn = sectors.sort((one, other) => meanReturn(other) - meanReturn(one));
  return `\nBy sector\n${renderTable(COLUMNS, byReturn, paint)}`;
}

function meanReturn({ return_pct }: Sector): number {
  return return_pct?.avg ?? Number.NEGATIVE_INFINITY;
}
