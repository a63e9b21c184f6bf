import { type Scorecard, type ScorecardDimension, SIGNAL_ORIGINS, TIMEFRAMES } from '@fast-scanner/client';
import { Button, Group, TextInput } from '@mantine/core';
import { FilterX } from 'lucide-react';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import { toTitle } from '../../format/to-title.ts';
import { NO_FILTERS, ORIGIN_LABELS, type ScorecardFilters } from './scorecard-filters.ts';
import { SymbolFilter } from './symbol-filter.tsx';

interface FilterBarProps {
  readonly filters: ScorecardFilters;
  readonly onChange: (change: Partial<ScorecardFilters>) => void;
  /** Of the scorecard of everything: what there is to choose from. */
  readonly groups: Scorecard['groups'];
}

/** Which signals are looked at. */
export function FilterBar(props: FilterBarProps) {
  const { filters, onChange } = props;
  const isFiltered = Object.values(filters).some((value) => value !== null && value !== '');
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label="Which signals">
      <ChoiceSelect
        label="Made by"
        choices={SIGNAL_ORIGINS}
        name={(origin) => ORIGIN_LABELS[origin]}
        value={filters.origin}
        onChange={(origin) => onChange({ origin })}
        w={200}
      />
      <GroupSelect {...props} label="Signal" by="type" w={180} />
      <GroupSelect {...props} label="Exchange" by="exchange" w={130} />
      <SymbolFilter symbol={filters.symbol} onChange={(symbol) => onChange({ symbol })} />
      <ChoiceSelect
        label="Candles"
        choices={TIMEFRAMES}
        value={filters.timeframe}
        onChange={(timeframe) => onChange({ timeframe })}
        w={100}
      />
      <GroupSelect {...props} label="Mode" by="mode" w={130} />
      <GroupSelect {...props} label="Regime" by="regime" w={130} />
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

interface GroupSelectProps extends FilterBarProps {
  readonly label: string;
  readonly by: Extract<ScorecardDimension, 'type' | 'exchange' | 'mode' | 'regime'>;
  readonly w: number;
}

/** Filters by one of the groups that there are. */
function GroupSelect({ label, by, w, filters, onChange, groups }: GroupSelectProps) {
  const keys = new Set((groups[by] ?? []).map(({ key }) => key));
  if (filters[by] !== '') keys.add(filters[by]);
  return (
    <ChoiceSelect
      label={label}
      choices={[...keys]}
      name={by === 'exchange' ? String : toTitle}
      value={filters[by] || null}
      onChange={(chosen) => onChange({ [by]: chosen ?? '' })}
      w={w}
    />
  );
}
