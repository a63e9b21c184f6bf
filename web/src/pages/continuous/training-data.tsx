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
  const { continuous } = useScannerClient();
  const [symbol, setSymbol] = useState<string | null>(null);
  const [days, setDays] = useState(30);
  const exchanges = data_sources.map(({ exchange }) => exchange);
  const [chosen, setExchange] = useState<string | null>(null);
  const exchange = chosen ?? exchanges[0] ?? '';
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['continuous', 'training', symbol, days, exchange],
    queryFn: ({ signal }) =>
      continuous.trainingData(symbol ?? '', { days, ...(exchange && { exchange }) }, { signal }),
    enabled: symbol !== null,
    staleTime: STALE_MS,
  });
  return (
    <Section
      title="Training data"
      description="Candles, signals and what came of them, collected while the scanner runs."
    >
      <Group gap="sm" align="flex-end">
        <Select
          label="Symbol"
          placeholder="Choose one"
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'No symbol' }}
          data={[...symbols]}
          value={symbol}
          onChange={setSymbol}
          w={180}
        />
        {exchanges.length > 1 && (
          <Select
            label="Exchange"
            data={exchanges}
            value={exchange}
            onChange={setExchange}
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
          onChange={setDays}
          w={100}
        />
      </Group>
      {symbol === null && (
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
