import type { MarketScanResult, StockResult } from '@fast-scanner/shared';
import { renderTable } from '../data-table.ts';
import { formatNumber, formatOrNone, NO_VALUE } from '../format-figures.ts';
import { type Html, html } from '../html.ts';
import { renderChange } from '../render-change.ts';
import { NO_STOCKS, type ReportSection } from '../report-section.ts';

/** The stocks that made and lost the most. */
export function createExtremesSection({ best, worst }: MarketScanResult): ReportSection {
  const title = 'Best and worst';
  if (best.length === 0 && worst.length === 0) {
    return { id: 'extremes', title, body: NO_STOCKS };
  }
  const body = html`<div class="pair">
<div><h3>Best</h3>${renderStocks('The stocks with the highest profit', best)}</div>
<div><h3>Worst</h3>${renderStocks('The stocks with the lowest profit', worst)}</div>
</div>`;
  return { id: 'extremes', title, body };
}

function renderStocks(caption: string, items: readonly StockResult[]): Html {
  return renderTable({
    caption,
    columns: [
      { label: 'Ticker', cell: ({ ticker }) => ticker },
      { label: 'PnL [money]', cell: ({ pnl }) => renderChange(pnl) },
      { label: 'Return [%]', cell: ({ return_pct }) => renderChange(return_pct) },
      {
        label: 'Buy & hold [%]',
        cell: ({ benchmark_return_pct: held }) => (held === null ? NO_VALUE : renderChange(held)),
      },
      { label: 'Trades [#]', cell: ({ total_trades }) => formatNumber(total_trades, 0) },
      { label: 'Sharpe', cell: ({ sharpe_ratio }) => formatOrNone(sharpe_ratio) },
    ],
    items,
  });
}
