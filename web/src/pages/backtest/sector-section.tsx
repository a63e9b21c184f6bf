import { useCallback } from 'react';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { numberColumn } from '../../components/data-table/number-column.ts';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { pnlColumn, showReturn, showShare } from './result-columns.tsx';
import { STOCK_FIELDS } from './stock-filters.ts';
import type { SectorRow } from './to-sectors.ts';

/** The same by sector; a row shows its stocks below. */
export function SectorSection({ sectors }: { readonly sectors: readonly SectorRow[] }) {
  const [, change] = useSearchState(STOCK_FIELDS);
  const open = useCallback(({ sector }: SectorRow) => change({ sector }), [change]);
  return (
    <Section title="By sector" description="A row shows the stocks of its sector below.">
      <DataTable label="Sectors" columns={COLUMNS} rows={sectors} rowId={nameOf} onOpen={open} />
    </Section>
  );
}

function nameOf({ sector }: SectorRow): string {
  return sector;
}

const COLUMNS: readonly DataColumn<SectorRow>[] = [
  {
    id: 'sector',
    header: 'Sector',
    width: 'minmax(200px, 1fr)',
    value: ({ sector }) => sector,
    cell: ({ sector }) => <b>{sector}</b>,
  },
  numberColumn({ id: 'stocks', header: 'Stocks', width: '90px', value: ({ stocks }) => stocks }),
  pnlColumn(({ pnl }) => pnl),
  numberColumn({
    id: 'average',
    header: 'Average return',
    width: '142px',
    value: ({ averageReturnPct }) => averageReturnPct,
    show: showReturn,
  }),
  numberColumn({
    id: 'median',
    header: 'Median',
    width: '110px',
    value: ({ medianReturnPct }) => medianReturnPct,
    show: showReturn,
  }),
  numberColumn({
    id: 'profitable',
    header: 'Profitable',
    help: 'Share of the stocks that made money',
    width: '110px',
    value: ({ profitablePct }) => profitablePct,
    show: showShare,
  }),
  numberColumn({
    id: 'winRate',
    header: 'Win rate',
    help: 'Share of the trades that won',
    width: '100px',
    value: ({ winRatePct }) => winRatePct,
    show: showShare,
  }),
  numberColumn({
    id: 'trades',
    header: 'Trades a stock',
    width: '130px',
    minTableWidth: 1040,
    value: ({ tradesPerStock }) => tradesPerStock,
    show: (trades) => formatNumber(trades, 1),
  }),
];
