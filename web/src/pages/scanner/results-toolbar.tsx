import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { memo } from 'react';
import { formatNumber } from '../../format/format-number.ts';
import classes from './results-toolbar.module.css';
import type { ScannerFilters } from './scanner-filters.ts';

interface ResultsToolbarProps {
  readonly filters: ScannerFilters;
  readonly onChange: (change: Partial<ScannerFilters>) => void;
  /** Rows that are shown, and all. */
  readonly shown: number;
  readonly total: number;
}

const ALL = 'all';
const SIGNALS = [
  { value: ALL, label: 'All' },
  { value: 'BUY', label: 'Buy' },
  { value: 'SELL', label: 'Sell' },
  { value: 'HOLD', label: 'Hold' },
] as const;

/** Which rows are shown. */
export const ResultsToolbar = memo(function ResultsToolbar(props: ResultsToolbarProps) {
  const { filters, onChange, shown, total } = props;
  const { q, signal, strength } = filters;
  return (
    <Group gap="md" mb="sm">
      <TextInput
        aria-label="Filter the rows"
        placeholder="Filter: symbol or regime"
        leftSection={<Search size={14} aria-hidden />}
        value={q}
        onChange={({ currentTarget }) => onChange({ q: currentTarget.value })}
        size="xs"
        w={190}
      />
      <SegmentedControl
        aria-label="Signal"
        size="xs"
        data={[...SIGNALS]}
        value={signal ?? ALL}
        onChange={(value) => onChange({ signal: value === ALL ? null : value })}
      />
      <label className={classes['strength']}>
        Strength from
        <input
          type="range"
          value={strength}
          onChange={({ currentTarget }) => onChange({ strength: currentTarget.valueAsNumber })}
          step={5}
        />
        <output>{strength}</output>
      </label>
      <Text size="xs" c="dimmed" ml="auto" role="status">
        {shown === total
          ? `${formatNumber(total)} symbols`
          : `${formatNumber(shown)} of ${formatNumber(total)} symbols`}
      </Text>
    </Group>
  );
});
