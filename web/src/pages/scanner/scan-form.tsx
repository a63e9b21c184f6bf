import { TIMEFRAMES } from '@fast-scanner/client';
import { Button, Group, Select, Skeleton } from '@mantine/core';
import { Zap } from 'lucide-react';
import { lazy, memo, Suspense } from 'react';
import { ExchangeSelect } from '../../components/exchange-select.tsx';
import { MOST_SYMBOLS, type ScanChoice, UNIVERSES } from './scan-choice.ts';

/** Its code is loaded when somebody names symbols. */
const SymbolsInput = lazy(async () => ({
  default: (await import('../../components/symbols-input.tsx')).SymbolsInput,
}));

interface ScanFormProps {
  readonly choice: ScanChoice;
  readonly onChange: (change: Partial<ScanChoice>) => void;
  readonly onScan: () => void;
  readonly isStarting: boolean;
}

const LIMITS = [5, 10, 20, 50, 100, 200, MOST_SYMBOLS];
const UNIVERSE_LABELS = {
  default: 'Server’s universe',
  all: `Whole exchange (up to ${MOST_SYMBOLS})`,
  own: 'Own symbols',
} as const;

/** What to scan, and the button that does. */
export const ScanForm = memo(function ScanForm({ choice, onChange, onScan, isStarting }: ScanFormProps) {
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
          w={256}
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
});

function WhichSymbols({ choice, onChange }: Pick<ScanFormProps, 'choice' | 'onChange'>) {
  const { universe, limit, symbols, exchange } = choice;
  if (universe === 'default') {
    return (
      <Select
        label="How many"
        data={[...new Set([...LIMITS, limit])].sort((one, other) => one - other).map(String)}
        value={String(limit)}
        onChange={(value) => onChange({ limit: Number(value) })}
        allowDeselect={false}
        w={96}
      />
    );
  }
  if (universe === 'all') return null;
  return (
    <Suspense fallback={<Skeleton height={36} flex={1} miw={240} />}>
      <SymbolsInput
        label="Own symbols"
        value={symbols}
        onChange={(value) => onChange({ symbols: value })}
        exchange={exchange}
        maxTags={MOST_SYMBOLS}
        flex={1}
        miw={240}
      />
    </Suspense>
  );
}
