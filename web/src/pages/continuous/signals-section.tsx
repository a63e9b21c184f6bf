import type { ContinuousSignal } from '@fast-scanner/client';
import { Group, Select, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import type { DataSort } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';
import { toTitle } from '../../format/to-title.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
import {
  CONTINUOUS_FIELDS,
  filterSignals,
  SIGNAL_TYPES,
  type SignalFilters,
  STYLES,
  signalId,
} from './continuous-filters.ts';
import { SIGNAL_COLUMNS } from './signal-columns.tsx';

const TYPES = SIGNAL_TYPES.map((value) => ({ value, label: toTitle(value) }));
const STYLE_OPTIONS = STYLES.map((value) => ({ value, label: toTitle(value) }));

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
      <Filters filters={filters} onChange={change} />
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

interface FiltersProps {
  readonly filters: SignalFilters;
  readonly onChange: (change: Partial<SignalFilters>) => void;
}

function Filters({ filters: { q, type, style, score }, onChange }: FiltersProps) {
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label="Symbol"
        placeholder="Part of it"
        leftSection={<Search size={16} aria-hidden />}
        value={q}
        onChange={({ currentTarget }) => onChange({ q: currentTarget.value })}
        w={160}
      />
      <Select
        label="Signal"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any signal' }}
        data={TYPES}
        value={type}
        onChange={(value) => onChange({ type: SIGNAL_TYPES.find((known) => known === value) ?? null })}
        w={190}
      />
      <Select
        label="Style"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any style' }}
        data={STYLE_OPTIONS}
        value={style}
        onChange={(value) => onChange({ style: STYLES.find((known) => known === value) ?? null })}
        w={140}
      />
      <NumberField
        label="Score from"
        min={0}
        max={100}
        step={5}
        value={score}
        onChange={(value) => onChange({ score: value })}
        w={110}
      />
    </Group>
  );
}
