import type { StockResult } from '@fast-scanner/shared';
import {
  formatChange,
  formatMoney,
  formatNumber,
  formatPercent,
  formatShare,
  NO_VALUE,
} from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable, toneOfAmount } from '../render-table.ts';

const COLUMNS: readonly Column<StockResult>[] = [
  { title: 'Stock', align: 'left', text: ({ ticker }) => ticker },
  { title: 'Sector', align: 'left', text: ({ sector }) => sector ?? NO_VALUE },
  { title: 'PnL', align: 'right', text: ({ pnl }) => formatMoney(pnl), tone: ({ pnl }) => toneOfAmount(pnl) },
  { title: 'Return', align: 'right', text: ({ return_pct }) => formatChange(return_pct) },
  {
    title: 'Buy and hold',
    align: 'right',
    text: ({ benchmark_return_pct }) => formatChange(benchmark_return_pct),
  },
  { title: 'Trades', align: 'right', text: ({ total_trades }) => String(total_trades) },
  { title: 'Won', align: 'right', text: ({ win_rate }) => formatPercent(win_rate) },
  { title: 'Sharpe', align: 'right', text: ({ sharpe_ratio }) => formatNumber(sharpe_ratio, 2) },
  { title: 'Max drawdown', align: 'right', text: ({ max_drawdown }) => formatShare(max_drawdown) },
];

/** Stocks in their order, under a title. */
export function renderStocks(title: string, stocks: readonly StockResult[], paint: Paint): string {
  return `\n${title}\n${renderTable(COLUMNS, stocks, paint)}`;
}
