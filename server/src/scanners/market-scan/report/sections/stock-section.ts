import type { MarketScanResult, StockResult } from '@fast-scanner/shared';
import { renderTable, type TableColumn } from '../data-table.ts';
import { formatCount, formatNumber, formatOrNone, formatSigned, NO_VALUE } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { renderChange } from '../render-change.ts';
import { NO_STOCKS, type ReportSection } from '../report-section.ts';

const COLUMNS: readonly [TableColumn<StockResult>, ...TableColumn<StockResult>[]] = [
  { label: 'Ticker', cell: ({ ticker }) => ticker },
  { label: 'Sector', cell: ({ sector }) => sector ?? NO_VALUE, kind: 'text' },
  { label: 'PnL [money]', cell: ({ pnl }) => renderChange(pnl) },
  { label: 'Return [%]', cell: ({ return_pct }) => formatSigned(return_pct) },
  {
    label: 'Buy & hold [%]',
    cell: ({ benchmark_return_pct }) => formatOrNone(benchmark_return_pct, formatSigned),
  },
  { label: 'Trades [#]', cell: ({ total_trades }) => formatNumber(total_trades, 0) },
  { label: 'Won [#]', cell: ({ winning_trades }) => formatNumber(winning_trades, 0) },
  { label: 'Lost [#]', cell: ({ losing_trades }) => formatNumber(losing_trades, 0) },
  { label: 'Win rate [%]', cell: ({ win_rate }) => formatOrNone(win_rate, (rate) => formatNumber(rate, 1)) },
  { label: 'Sharpe', cell: ({ sharpe_ratio }) => formatOrNone(sharpe_ratio) },
  { label: 'Max. drawdown [%]', cell: ({ max_drawdown }) => formatNumber(100 * max_drawdown, 1) },
  { label: 'Candles [#]', cell: ({ candles }) => formatNumber(candles, 0) },
  { label: 'First day', cell: ({ first_date }) => first_date },
  { label: 'Last day', cell: ({ last_date }) => last_date },
];

/** Every stock that was tested. */
export function createStockSection({ stock_results }: MarketScanResult): ReportSection {
  const title = 'All stocks';
  if (stock_results.length === 0) {
    return { id: 'stocks', title, body: NO_STOCKS };
  }
  const caption = `${formatCount(stock_results.length, 'stock')} by profit or loss`;
  const body = html`<p class="note">${caption}. “${NO_VALUE}”: fewer than 10 trades, or not defined.${noteRejected(stock_results)}</p>
${renderTable({ caption, columns: COLUMNS, items: stock_results, className: 'stocks' })}`;
  return { id: 'stocks', title, body };
}

function noteRejected(stocks: readonly StockResult[]): Html | null {
  const broken = stocks.filter(({ rejected_rows }) => rejected_rows > 0);
  if (broken.length === 0) return null;
  const rows = broken.reduce((sum, { rejected_rows }) => sum + rejected_rows, 0);
  const named = broken.slice(0, 10).map(({ ticker, rejected_rows }) => `${ticker} (${rejected_rows})`);
  const more = broken.length > named.length ? ` and ${broken.length - named.length} more` : '';
  return html` ${formatCount(rows, 'broken row')} of the source were left out: ${named.join(', ')}${more}.`;
}
