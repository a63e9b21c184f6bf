import type { ContinuousSignal } from '@fast-scanner/client';
import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import type { DataSort } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { CONTINUOUS_FIELDS, filterSignals, type SignalFilters, signalId } from './continuous-filters.ts';
import { SIGNAL_COLUMNS } from './signal-columns.tsx';
import { SignalFilterBar } from './signal-filter-bar.tsx';

/** The newest signals as they come. */
export function SignalsSection({ signals }: { readonly signals: readonly ContinuousSignal[] }) {
  const [filters, change] = useSearchState<SignalFilters & { readonly sort: DataSort | null }>(
    CONTINUOUS_FIELDS,
  );
  const [, navigate] = useLocation();
  const rows = useMemo(() => filterSignals(signals, filters), [signals, filters]);
  const open = useCallback(
    ({ symbol, exchange, timeframe }: ContinuousSignal) =>
      navigate(symbolPath(symbol, { exchange, timeframe })),
    [navigate],
  );
  const isFiltered = rows.length < signals.length;
  return (
    <Section title="Live signals" description="One for each closed candle, the newest first.">
      <SignalFilterBar filters={filters} onChange={change} />
      <Text size="xs" c="dimmed" role="status">
        {isFiltered
          ? `${rows.length} of ${formatCount(signals.length, 'signal')}`
          : formatCount(rows.length, 'signal')}
      </Text>
      <DataTable
        label="Live signals"
        columns={SIGNAL_COLUMNS}
        rows={rows}
        rowId={signalId}
        sort={filters.sort}
        onSortChange={(sort) => change({ sort })}
        onOpen={open}
        maxHeight="55vh"
        empty={
          <EmptyState title={isFiltered ? 'No signal matches' : 'No signal yet'}>
            {isFiltered ? 'Change or clear the filters.' : 'Signals come when candles close.'}
          </EmptyState>
        }
      />
    </Section>
  );
}
