import type { StockResult } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { pnlColumn, showDrawdown, showRatio, showReturn, showShare } from './result-columns.tsx';

/** The columns of a result's stocks. */
export const STOCK_COLUMNS: readonly DataColumn<StockResult>[] = [
  {
    id: 'ticker',
    header: 'Symbol',
    width: 'minmax(90px, 1fr)',
    value: ({ ticker }) => ticker,
    isSearched: true,
    cell: ({ ticker }) => <b>{ticker}</b>,
  },
  {
    id: 'sector',
    header: 'Sector',
    width: 'minmax(120px, 2fr)',
    minTableWidth: 900,
    value: ({ sector }) => sector,
    isSearched: true,
    cell: ({ sector }) => <span title={sector ?? undefined}>{sector ?? '–'}</span>,
  },
  pnlColumn(({ pnl }) => pnl),
  numberColumn({
    id: 'return',
    header: 'Return',
    width: '104px',
    value: ({ return_pct }) => return_pct,
    show: showReturn,
  }),
  numberColumn({
    id: 'hold',
    header: 'Held',
    help: 'What buying and holding the stock returned',
    width: '104px',
    value: ({ benchmark_return_pct }) => benchmark_return_pct,
    show: showReturn,
  }),
  numberColumn({ id: 'trades', header: 'Trades', width: '88px', value: ({ total_trades }) => total_trades }),
  numberColumn({
    id: 'winRate',
    header: 'Win rate',
    help: 'Share of trades that won; a dash below 10 trades',
    width: '98px',
    value: ({ win_rate }) => win_rate,
    show: showShare,
  }),
  numberColumn({
    id: 'sharpe',
    header: 'Sharpe',
    help: 'Return for one unit of volatility, a year; a dash below 10 trades',
    width: '90px',
    value: ({ sharpe_ratio }) => sharpe_ratio,
    show: showRatio,
  }),
  numberColumn({
    id: 'drawdown',
    header: 'Drawdown',
    help: 'How far the equity was below its peak at worst',
    width: '112px',
    value: ({ max_drawdown }) => max_drawdown,
    show: showDrawdown,
  }),
];
