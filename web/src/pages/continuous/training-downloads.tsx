import type { Timeframe, TrainingDataResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { ErrorState } from '../../components/error-state.tsx';
import { saveFile } from '../../components/save-file.ts';

/** Everything as JSON, and the candles of each timeframe as Parquet. */
export function TrainingDownloads({ data }: { readonly data: TrainingDataResponse }) {
  const { symbol, days, data_source } = data;
  const { continuous } = useScannerClient();
  const name = `${symbol.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${days}d`;
  const parquet = useMutation({
    mutationFn: (timeframe: Timeframe) =>
      continuous.trainingFile(symbol, { timeframe, days, exchange: data_source.exchange }),
    onSuccess: (bytes, timeframe) =>
      saveFile(bytes, { name: `${name}-${timeframe}.parquet`, type: 'application/vnd.apache.parquet' }),
  });
  const saveJson = () => saveFile(JSON.stringify(data), { name: `${name}.json`, type: 'application/json' });
  const timeframes = Object.keys(data.ohlcv) as Timeframe[]; // the contract has no others
  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
          onClick={saveJson}
        >
          All as JSON
        </Button>
        {timeframes.map((timeframe) => (
          <Button
            key={timeframe}
            size="xs"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            loading={parquet.isPending && parquet.variables === timeframe}
            onClick={() => parquet.mutate(timeframe)}
          >
            {timeframe} candles as Parquet
          </Button>
        ))}
      </Group>
      {parquet.error && <ErrorState error={parquet.error} />}
    </>
  );
}
