import { Group, SegmentedControl, Slider, Text, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { formatNumber } from '../../format/format-number.ts';
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
export function ResultsToolbar({ filters, onChange, shown, total }: ResultsToolbarProps) {
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
      <Group gap="xs" wrap="nowrap">
        <Text size="xs">Strength from</Text>
        <Slider
          thumbProps={{ 'aria-label': 'Least strength' }}
          size="sm"
          w={110}
          value={strength}
          onChange={(value) => onChange({ strength: value })}
          step={5}
          label={null}
        />
        <Text size="xs" w={20} ta="right">
          {strength}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" ml="auto" role="status">
        {shown === total
          ? `${formatNumber(total)} symbols`
          : `${formatNumber(shown)} of ${formatNumber(total)} symbols`}
      </Text>
    </Group>
  );
}
