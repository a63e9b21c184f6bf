import '@mantine/core/styles/Table.css';
import '@mantine/core/styles/Chip.css';
import { ScannerApiError } from '@fast-scanner/client';
import { Button, Group, Stack, Text } from '@mantine/core';
import { Radar, SearchX } from 'lucide-react';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { DirectionText } from '../../components/direction-text.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PriceText } from '../../components/price-text.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { SignalHistory } from './signal-history.tsx';
import { SymbolAnalysis } from './symbol-analysis.tsx';
import { SymbolChart } from './symbol-chart.tsx';
import { SYMBOL_FIELDS, type SymbolFilters } from './symbol-filters.ts';
import { useAnalyzeNow, useSymbolAnalysis } from './use-symbol-data.ts';

/** One symbol: its chart, everything the scanner says of it and why, and what became of what it said before. */
export function SymbolPage({ symbol }: { readonly symbol: string }) {
  const [filters, setFilters] = useSearchState<SymbolFilters>(SYMBOL_FIELDS);
  const { exchange } = filters;
  const { data, error, isPending, refetch } = useSymbolAnalysis({ symbol, exchange });
  const timeframe = filters.timeframe ?? data?.signal.timeframe ?? '1h';
  const analyze = useAnalyzeNow({ symbol, exchange }, timeframe);
  const isUnscanned = error instanceof ScannerApiError && error.code === 'not_found';
  const button = (
    <Button
      leftSection={<Radar size={16} aria-hidden />}
      loading={analyze.isPending}
      onClick={() => analyze.mutate()}
    >
      Analyse now
    </Button>
  );
  return (
    <>
      <PageHeader
        title={symbol}
        description={
          data && (
            <>
              Scanned on {data.signal.timeframe} candles,{' '}
              <TimeText value={data.signal.timestamp} style="age" />
            </>
          )
        }
        badges={data && <DataSourceBadge dataSource={data.signal.dataSource} />}
        actions={button}
      />
      <OfflineNotice />
      <Stack gap="md">
        {analyze.error && <ErrorState error={analyze.error} onRetry={() => analyze.mutate()} />}
        {data && (
          <Group gap="lg">
            <SignalBadge signal={data.signal.signal} />
            <Text>
              Strength <b>{formatNumber(data.signal.strength)}</b>
            </Text>
            {data.deepAnalysis && (
              <Text>
                Opportunity <b>{formatNumber(data.deepAnalysis.opportunity_score)}</b>
              </Text>
            )}
            <Text>
              <PriceText value={data.signal.price} fw={600} /> <DirectionText value={data.signal.change24h} />{' '}
              in 24 h
            </Text>
          </Group>
        )}
        <SymbolChart
          symbol={symbol}
          filters={filters}
          onFilter={setFilters}
          timeframe={timeframe}
          plan={data?.deepAnalysis?.sl_tp ?? null}
        />
        {isUnscanned && (
          <EmptyState title={`${symbol} was never scanned`} icon={SearchX} action={button}>
            Analyse it now, or scan a universe it belongs to.
          </EmptyState>
        )}
        {error && !isUnscanned && <ErrorState error={error} onRetry={() => void refetch()} />}
        {isPending && <LoadingState label="Loading the analysis" />}
        {data && <SymbolAnalysis analysis={data} />}
        <SignalHistory symbol={symbol} exchange={exchange} />
      </Stack>
    </>
  );
}
