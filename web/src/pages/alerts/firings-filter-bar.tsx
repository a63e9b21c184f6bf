import { ALERT_CHANGES, type Alert, TIMEFRAMES } from '@fast-scanner/client';
import { Group, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import { kindLabel } from './alert-words.ts';
import { type FiringsFilters, valuesOf } from './firings-filters.ts';

interface FiringsFilterBarProps {
  readonly alerts: readonly Alert[];
  readonly filters: FiringsFilters;
  readonly onChange: (change: Partial<FiringsFilters>) => void;
}

/** Which alerts are listed. */
export function FiringsFilterBar({ alerts, filters, onChange }: FiringsFilterBarProps) {
  const { q, change, timeframe } = filters;
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label="Symbol"
        placeholder="Part of it"
        leftSection={<Search size={16} aria-hidden />}
        value={q}
        onChange={({ currentTarget }) => onChange({ q: currentTarget.value })}
        w={150}
      />
      <ChoiceSelect
        label="What happened"
        clearButtonProps={{ 'aria-label': 'Anything' }}
        choices={ALERT_CHANGES}
        name={kindLabel}
        value={change}
        onChange={(change) => onChange({ change })}
        w={210}
      />
      <Origin alerts={alerts} filters={filters} onChange={onChange} />
      <ChoiceSelect
        label="Candles"
        choices={TIMEFRAMES}
        value={timeframe}
        onChange={(timeframe) => onChange({ timeframe })}
        w={110}
      />
    </Group>
  );
}

/** Which rule fired, and where. */
function Origin({ alerts, filters: { rule, exchange }, onChange }: FiringsFilterBarProps) {
  return (
    <>
      <ChoiceSelect
        label="Rule"
        choices={valuesOf(alerts, 'ruleId', rule)}
        name={String}
        value={rule || null}
        onChange={(rule) => onChange({ rule: rule ?? '' })}
        w={150}
      />
      <ChoiceSelect
        label="Exchange"
        choices={valuesOf(alerts, 'exchange', exchange)}
        name={String}
        value={exchange || null}
        onChange={(exchange) => onChange({ exchange: exchange ?? '' })}
        w={140}
      />
    </>
  );
}
