import type { ContinuousStatus, TrainingDataResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { TrainingDownloads } from './training-downloads.tsx';

const STALE_MS = 30_000;

type TrainingDataProps = Pick<ContinuousStatus, 'symbols' | 'data_sources'>;

/** What was collected of a symbol, and its files. */
export function TrainingData({ symbols, data_sources }: TrainingDataProps) {
  const exchanges = data_sources.map(({ exchange }) => exchange);
  const [choice, setChoice] = useState<DataChoice>({ symbol: null, days: 30, exchange: null });
  const exchange = choice.exchange ?? exchanges[0] ?? '';
  const { data, error, isFetching, refetch } = useTrainingData({ ...choice, exchange });
  return (
    <Section
      title="Training data"
      description="Candles, signals and what came of them, collected while the scanner runs."
    >
      <Choice
        symbols={symbols}
        exchanges={exchanges}
        choice={{ ...choice, exchange }}
        onChange={(change) => setChoice({ ...choice, ...change })}
      />
      {choice.symbol === null && (
        <Text size="sm" c="dimmed">
          Choose a symbol to see how much there is of it, and to save it.
        </Text>
      )}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isFetching && !data && <LoadingState rows={2} label="Loading the training data" />}
      {data && (
        <>
          <FactList facts={toSizes(data)} />
          <TrainingDownloads data={data} />
        </>
      )}
    </Section>
  );
}

interface DataChoice {
  readonly symbol: string | null;
  readonly days: number;
  /** `null`: the first that is followed. */
  readonly exchange: string | null;
}

function useTrainingData({ symbol, days, exchange }: DataChoice) {
  const { continuous } = useScannerClient();
  return useQuery({
    queryKey: ['continuous', 'training', symbol, days, exchange],
    queryFn: ({ signal }) =>
      continuous.trainingData(symbol ?? '', { days, ...(exchange && { exchange }) }, { signal }),
    enabled: symbol !== null,
    staleTime: STALE_MS,
  });
}

interface ChoiceProps {
  readonly symbols: readonly string[];
  readonly exchanges: readonly string[];
  readonly choice: DataChoice;
  readonly onChange: (change: Partial<DataChoice>) => void;
}

function Choice({ symbols, exchanges, choice: { symbol, days, exchange }, onChange }: ChoiceProps) {
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Symbol"
        placeholder="Choose one"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'No symbol' }}
        data={[...symbols]}
        value={symbol}
        onChange={(symbol) => onChange({ symbol })}
        w={180}
      />
      {exchanges.length > 1 && (
        <Select
          label="Exchange"
          data={[...exchanges]}
          value={exchange}
          onChange={(exchange) => onChange({ exchange })}
          allowDeselect={false}
          w={140}
        />
      )}
      <NumberField
        label="Days"
        min={1}
        max={3650}
        allowDecimal={false}
        value={days}
        onChange={(days) => onChange({ days })}
        w={100}
      />
    </Group>
  );
}

function toSizes({ ohlcv, signals, clustering, labels }: TrainingDataResponse) {
  const candles = Object.entries(ohlcv).map(([timeframe, rows]) => ({
    label: `${timeframe} candles`,
    value: formatNumber(rows.length),
  }));
  return [
    ...candles,
    { label: 'Signals', value: formatNumber(signals.length) },
    { label: 'Volume clusters', value: formatNumber(clustering.length) },
    {
      label: 'Outcomes',
      value: formatNumber(labels.length),
      help: 'What came of signals whose time is over.',
    },
  ];
}
