import { TIMEFRAMES } from '@fast-scanner/client';
import { Input, SegmentedControl, Select, SimpleGrid, TextInput } from '@mantine/core';
import { ExchangeSelect } from '../../components/exchange-select.tsx';
import { fieldError } from '../../components/field-error.ts';
import { SymbolsInput } from '../../components/symbols-input.tsx';
import type { FormFields } from './form-fields.ts';
import { type findMistakes, UNIVERSES } from './test-choice.ts';

interface UniverseFieldsProps extends FormFields {
  readonly mistakes: ReturnType<typeof findMistakes>;
}

/** Which stocks are tested, and over which time. */
export function UniverseFields({ mistakes, ...fields }: UniverseFieldsProps) {
  const { choice, onChange, error } = fields;
  return (
    <>
      <UniverseChoice {...fields} />
      {choice.universe === 'own' && (
        <SymbolsInput
          label="Symbols"
          description="Stocks such as AAPL, or coins such as BTC/USDT, as the exchange has them"
          value={choice.tickers}
          onChange={(tickers) => onChange({ tickers })}
          exchange={choice.exchange}
          error={fieldError(error, 'tickers') ?? mistakes.tickers}
        />
      )}
      <TimeFields {...fields} mistakes={mistakes} />
    </>
  );
}

const LABELS = { all: 'All listed', sp500: 'S&P 500', own: 'Named' } as const;

function UniverseChoice({ choice, onChange, error }: FormFields) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <ExchangeSelect
        label="Data from"
        value={choice.exchange}
        onChange={(exchange) => onChange({ exchange })}
        error={fieldError(error, 'exchange')}
      />
      <Input.Wrapper label="Universe" labelElement="div" error={fieldError(error, 'universe')}>
        <SegmentedControl
          fullWidth
          aria-label="Universe"
          data={UNIVERSES.map((value) => ({ value, label: LABELS[value] }))}
          value={choice.universe}
          onChange={(universe) => onChange({ universe })}
        />
      </Input.Wrapper>
    </SimpleGrid>
  );
}

function TimeFields({ choice, onChange, error, mistakes }: UniverseFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
      <TextInput
        type="date"
        label="From"
        description="Empty: as far back as the data go"
        value={choice.from}
        onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
        error={fieldError(error, 'start_date')}
      />
      <TextInput
        type="date"
        label="To"
        description="Empty: up to the newest candle"
        value={choice.to}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
        error={fieldError(error, 'end_date') ?? mistakes.to}
      />
      <Select
        label="Candles"
        description="Length of each candle"
        data={TIMEFRAMES}
        value={choice.interval}
        onChange={(interval) => interval && onChange({ interval })}
        allowDeselect={false}
        error={fieldError(error, 'interval')}
      />
    </SimpleGrid>
  );
}
