import type { MarketScanResult, StockResult } from '@fast-scanner/client';
import { CloseButton, Group, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { STOCK_COLUMNS } from './stock-columns.tsx';
import { STOCK_FIELDS, type StockFilters } from './stock-filters.ts';
import { type SectorRow, UNKNOWN_SECTOR } from './to-sectors.ts';

interface StockSectionProps {
  readonly result: MarketScanResult;
  readonly sectors: readonly SectorRow[];
}

/** Every stock's own test; a row opens the stock's page. */
export function StockSection({ result, sectors }: StockSectionProps) {
  const { stock_results: stocks, exchange, interval: timeframe } = result;
  const [filters, change] = useSearchState(STOCK_FIELDS);
  const { q, sector, sort } = filters;
  const [, navigate] = useLocation();
  const rows = useMemo(
    () => (sector === '' ? stocks : stocks.filter((stock) => (stock.sector ?? UNKNOWN_SECTOR) === sector)),
    [stocks, sector],
  );
  const open = useCallback(
    ({ ticker }: StockResult) => navigate(symbolPath(ticker, { exchange, timeframe })),
    [navigate, exchange, timeframe],
  );
  return (
    <Section
      title="By stock"
      description={`${formatCount(rows.length, 'stock')}; a row opens its page.`}
      actions={<Filters filters={filters} onChange={change} sectors={sectors} />}
    >
      <DataTable
        label="Stocks"
        columns={STOCK_COLUMNS}
        rows={rows}
        rowId={tickerOf}
        search={q}
        sort={sort}
        onSortChange={(next) => change({ sort: next })}
        onOpen={open}
        rowHeight={36}
        empty={<EmptyState title="No stock matches">Change or clear the filters.</EmptyState>}
      />
    </Section>
  );
}

function tickerOf({ ticker }: StockResult): string {
  return ticker;
}

interface FiltersProps {
  readonly filters: StockFilters;
  readonly onChange: (change: Partial<StockFilters>) => void;
  readonly sectors: readonly SectorRow[];
}

function Filters({ filters: { q, sector }, onChange, sectors }: FiltersProps) {
  return (
    <Group gap="xs">
      <TextInput
        aria-label="Search a stock"
        placeholder="Search a stock"
        leftSection={<Search size={16} aria-hidden />}
        rightSection={
          q !== '' && (
            <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange({ q: '' })} />
          )
        }
        value={q}
        onChange={({ currentTarget }) => onChange({ q: currentTarget.value })}
        w={180}
      />
      {sectors.length > 0 && (
        <Select
          aria-label="Sector"
          placeholder="All sectors"
          clearable
          clearButtonProps={{ 'aria-label': 'All sectors' }}
          data={sectors.map((row) => row.sector).sort()}
          value={sector || null}
          onChange={(value) => onChange({ sector: value ?? '' })}
          w={220}
        />
      )}
    </Group>
  );
}
