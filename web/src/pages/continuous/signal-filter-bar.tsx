import { CONTINUOUS_SIGNAL_TYPES, TRADING_STYLES } from '@fast-scanner/client';
import { Group, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { toTitle } from '../../format/to-title.ts';
import type { SignalFilters } from './continuous-filters.ts';

interface SignalFilterBarProps {
  readonly filters: SignalFilters;
  readonly onChange: (change: Partial<SignalFilters>) => void;
}

/** Which signals are listed. */
export function SignalFilterBar({ filters: { q, type, style, score }, onChange }: SignalFilterBarProps) {
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
      <ChoiceSelect
        label="Signal"
        choices={CONTINUOUS_SIGNAL_TYPES}
        name={toTitle}
        value={type}
        onChange={(type) => onChange({ type })}
        w={190}
      />
      <ChoiceSelect
        label="Style"
        choices={TRADING_STYLES}
        name={toTitle}
        value={style}
        onChange={(style) => onChange({ style })}
        w={140}
      />
      <NumberField
        label="Score from"
        min={0}
        max={100}
        step={5}
        value={score}
        onChange={(score) => onChange({ score })}
        w={110}
      />
    </Group>
  );
}
