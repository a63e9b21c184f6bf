import { Button, Group, Select } from '@mantine/core';
import { Zap } from 'lucide-react';
import { ExchangeSelect } from '../../components/exchange-select.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { SymbolsInput } from '../../components/symbols-input.tsx';
import { TIMEFRAMES } from '../../format/timeframes.ts';
import { MOST_SYMBOLS, type ScanChoice, UNIVERSES } from './scan-choice.ts';

interface ScanFormProps {
  readonly choice: ScanChoice;
  readonly onChange: (change: Partial<ScanChoice>) => void;
  readonly onScan: () => void;
  readonly isStarting: boolean;
}

const UNIVERSE_LABELS = {
  default: 'Server’s universe',
  all: `Whole exchange (up to ${MOST_SYMBOLS})`,
  own: 'Own symbols',
} as const;

/** What to scan, and the button that does. */
export function ScanForm({ choice, onChange, onScan, isStarting }: ScanFormProps) {
  const { exchange, timeframe, universe, symbols } = choice;
  const lacksSymbols = universe === 'own' && symbols.length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onScan();
      }}
    >
      <Group align="flex-end" gap="sm" mb="md">
        <ExchangeSelect value={exchange} onChange={(value) => onChange({ exchange: value })} w={190} />
        <Select
          label="Timeframe"
          data={TIMEFRAMES}
          value={timeframe}
          onChange={(value) => value && onChange({ timeframe: value })}
          allowDeselect={false}
          w={104}
        />
        <Select
          label="Symbols"
          data={UNIVERSES.map((value) => ({ value, label: UNIVERSE_LABELS[value] }))}
          value={universe}
          onChange={(value) => value && onChange({ universe: value })}
          allowDeselect={false}
          w={220}
        />
        <WhichSymbols choice={choice} onChange={onChange} />
        <Button
          type="submit"
          leftSection={<Zap size={16} aria-hidden />}
          loading={isStarting}
          disabled={lacksSymbols}
          title={lacksSymbols ? 'Name at least one symbol first' : undefined}
        >
          Quick scan
        </Button>
      </Group>
    </form>
  );
}

function WhichSymbols({ choice, onChange }: Pick<ScanFormProps, 'choice' | 'onChange'>) {
  const { universe, limit, symbols, exchange } = choice;
  if (universe === 'default') {
    return (
      <NumberField
        label="How many"
        value={limit}
        onChange={(value) => onChange({ limit: value })}
        min={1}
        max={MOST_SYMBOLS}
        clampBehavior="blur"
        allowDecimal={false}
        w={96}
      />
    );
  }
  if (universe === 'all') return null;
  return (
    <SymbolsInput
      label="Own symbols"
      value={symbols}
      onChange={(value) => onChange({ symbols: value })}
      exchange={exchange}
      maxTags={MOST_SYMBOLS}
      flex={1}
      miw={240}
    />
  );
}
