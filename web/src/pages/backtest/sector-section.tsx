import { useCallback } from 'react';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { DirectionText } from '../../components/direction-text.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
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

const percent = (value: number | null) => (value === null ? '–' : `${formatNumber(value)} %`);

const COLUMNS: readonly DataColumn<SectorRow>[] = [
  {
    id: 'sector',
    header: 'Sector',
    width: 'minmax(200px, 1fr)',
    value: ({ sector }) => sector,
    cell: ({ sector }) => <b>{sector}</b>,
  },
  {
    id: 'stocks',
    header: 'Stocks',
    width: '90px',
    align: 'right',
    value: ({ stocks }) => stocks,
    cell: ({ stocks }) => formatNumber(stocks),
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
    id: 'average',
    header: 'Average return',
    width: '142px',
    align: 'right',
    value: ({ averageReturnPct }) => averageReturnPct,
    cell: ({ averageReturnPct }) => <DirectionText value={averageReturnPct} decimals={1} />,
  },
  {
    id: 'median',
    header: 'Median',
    width: '110px',
    align: 'right',
    value: ({ medianReturnPct }) => medianReturnPct,
    cell: ({ medianReturnPct }) => <DirectionText value={medianReturnPct} decimals={1} />,
  },
  {
    id: 'profitable',
    header: 'Profitable',
    help: 'Share of the stocks that made money',
    width: '110px',
    align: 'right',
    value: ({ profitablePct }) => profitablePct,
    cell: ({ profitablePct }) => percent(profitablePct),
  },
  {
    id: 'winRate',
    header: 'Win rate',
    help: 'Share of the trades that won',
    width: '100px',
    align: 'right',
    value: ({ winRatePct }) => winRatePct,
    cell: ({ winRatePct }) => percent(winRatePct),
  },
  {
    id: 'trades',
    header: 'Trades a stock',
    width: '130px',
    align: 'right',
    minTableWidth: 1040,
    value: ({ tradesPerStock }) => tradesPerStock,
    cell: ({ tradesPerStock }) => formatNumber(tradesPerStock, 1),
  },
];
