import type { StockFailure } from '@fast-scanner/client';
import type { DataColumn } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';

const COLUMNS: readonly DataColumn<StockFailure>[] = [
  {
    id: 'ticker',
    header: 'Symbol',
    width: '120px',
    value: ({ ticker }) => ticker,
    cell: ({ ticker }) => <b>{ticker}</b>,
  },
  { id: 'code', header: 'Code', width: '190px', value: ({ code }) => code, cell: ({ code }) => code },
  {
    id: 'error',
    header: 'Reason',
    width: 'minmax(240px, 1fr)',
    cell: ({ error }) => <span title={error}>{error}</span>,
  },
];

/** Stocks that could not be tested, each with its reason. */
export function FailedStocks({ failures }: { readonly failures: readonly StockFailure[] }) {
  return (
    <Section
      title="Failed"
      description={`${formatCount(failures.length, 'symbol')} could not be tested; the others are not affected.`}
    >
      <DataTable
        label="Symbols that could not be tested"
        columns={COLUMNS}
        rows={failures}
        rowId={tickerOf}
        maxHeight="40vh"
      />
    </Section>
  );
}

function tickerOf({ ticker }: StockFailure): string {
  return ticker;
}
