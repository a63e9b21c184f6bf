import type { Scorecard, ScorecardDimension } from '@fast-scanner/client';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { FilterX } from 'lucide-react';
import { TIMEFRAMES } from '../../format/timeframes.ts';
import { toTitle } from '../../format/to-title.ts';
import { NO_FILTERS, ORIGIN_LABELS, ORIGINS, type ScorecardFilters } from './scorecard-filters.ts';
import { SymbolFilter } from './symbol-filter.tsx';

interface FilterBarProps {
  readonly filters: ScorecardFilters;
  readonly onChange: (change: Partial<ScorecardFilters>) => void;
  /** Of the scorecard of everything: what there is to choose from. */
  readonly groups: Scorecard['groups'];
}

const ORIGIN_OPTIONS = ORIGINS.map((value) => ({ value, label: ORIGIN_LABELS[value] }));

/** Which signals are looked at. */
export function FilterBar({ filters, onChange, groups }: FilterBarProps) {
  const { origin, exchange, symbol, timeframe, mode, regime, type } = filters;
  const isFiltered = Object.values(filters).some((value) => value !== null && value !== '');
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label="Which signals">
      <AnySelect
        label="Made by"
        data={ORIGIN_OPTIONS}
        value={origin ?? ''}
        onChange={(value) => onChange({ origin: ORIGINS.find((known) => known === value) ?? null })}
        w={200}
      />
      <AnySelect
        label="Signal"
        data={optionsOf(groups, 'type', type)}
        value={type}
        onChange={(type) => onChange({ type })}
        w={180}
      />
      <AnySelect
        label="Exchange"
        data={optionsOf(groups, 'exchange', exchange)}
        value={exchange}
        onChange={(exchange) => onChange({ exchange })}
        w={130}
      />
      <SymbolFilter symbol={symbol} onChange={(symbol) => onChange({ symbol })} />
      <AnySelect
        label="Candles"
        data={[...TIMEFRAMES]}
        value={timeframe ?? ''}
        onChange={(value) => onChange({ timeframe: TIMEFRAMES.find((known) => known === value) ?? null })}
        w={100}
      />
      <AnySelect
        label="Mode"
        data={optionsOf(groups, 'mode', mode)}
        value={mode}
        onChange={(mode) => onChange({ mode })}
        w={130}
      />
      <AnySelect
        label="Regime"
        data={optionsOf(groups, 'regime', regime)}
        value={regime}
        onChange={(regime) => onChange({ regime })}
        w={130}
      />
      <PeriodFields filters={filters} onChange={onChange} />
      {isFiltered && (
        <Button
          variant="default"
          leftSection={<FilterX size={16} aria-hidden />}
          onClick={() => onChange(NO_FILTERS)}
        >
          Clear
        </Button>
      )}
    </Group>
  );
}

function PeriodFields({ filters: { from, to }, onChange }: Pick<FilterBarProps, 'filters' | 'onChange'>) {
  return (
    <>
      <TextInput
        label="Candles closed from"
        type="date"
        value={from}
        max={to || undefined}
        onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
        w={160}
      />
      <TextInput
        label="and before"
        type="date"
        value={to}
        min={from || undefined}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
        w={160}
      />
    </>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface AnySelectProps {
  readonly label: string;
  readonly data: readonly (Option | string)[];
  /** Empty: any. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly w: number;
}

function AnySelect({ label, data, value, onChange, w }: AnySelectProps) {
  return (
    <Select
      label={label}
      placeholder="Any"
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      data={[...data]}
      value={value || null}
      onChange={(chosen) => onChange(chosen ?? '')}
      w={w}
    />
  );
}

function optionsOf(groups: Scorecard['groups'], by: ScorecardDimension, chosen: string): readonly Option[] {
  const keys = new Set((groups[by] ?? []).map(({ key }) => key));
  if (chosen !== '') keys.add(chosen);
  return [...keys].map((value) => ({ value, label: by === 'exchange' ? value : toTitle(value) }));
}
