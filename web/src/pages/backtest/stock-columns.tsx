import type { StockResult } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DirectionText } from '../../components/direction-text.tsx';
import { formatNumber, formatPercent } from '../../format/format-number.ts';

type StockColumns = readonly DataColumn<StockResult>[];

const OUTCOME: StockColumns = [
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
  {
    id: 'pnl',
    header: 'Profit and loss',
    width: '140px',
    align: 'right',
    value: ({ pnl }) => pnl,
    cell: ({ pnl }) => <DirectionText value={pnl} format="number" decimals={0} />,
  },
  {
    id: 'return',
    header: 'Return',
    width: '104px',
    align: 'right',
    value: ({ return_pct }) => return_pct,
    cell: ({ return_pct }) => <DirectionText value={return_pct} decimals={1} />,
  },
  {
    id: 'hold',
    header: 'Held',
    help: 'What buying and holding the stock returned',
    width: '104px',
    align: 'right',
    value: ({ benchmark_return_pct }) => benchmark_return_pct,
    cell: ({ benchmark_return_pct }) => <DirectionText value={benchmark_return_pct} decimals={1} />,
  },
];

const TRADES: StockColumns = [
  {
    id: 'trades',
    header: 'Trades',
    width: '88px',
    align: 'right',
    value: ({ total_trades }) => total_trades,
    cell: ({ total_trades }) => formatNumber(total_trades),
  },
  {
    id: 'winRate',
    header: 'Win rate',
    help: 'Share of trades that won; a dash below 10 trades',
    width: '98px',
    align: 'right',
    value: ({ win_rate }) => win_rate,
    cell: ({ win_rate }) => (win_rate === null ? '–' : `${formatNumber(win_rate)} %`),
  },
  {
    id: 'sharpe',
    header: 'Sharpe',
    help: 'Return for one unit of volatility, a year; a dash below 10 trades',
    width: '90px',
    align: 'right',
    value: ({ sharpe_ratio }) => sharpe_ratio,
    cell: ({ sharpe_ratio }) => formatNumber(sharpe_ratio, 2),
  },
  {
    id: 'drawdown',
    header: 'Drawdown',
    help: 'How far the equity was below its peak at worst',
    width: '112px',
    align: 'right',
    value: ({ max_drawdown }) => max_drawdown,
    cell: ({ max_drawdown }) => formatPercent(-100 * max_drawdown, 1),
  },
];

/** The columns of a result's stocks. */
export const STOCK_COLUMNS: StockColumns = [...OUTCOME, ...TRADES];
