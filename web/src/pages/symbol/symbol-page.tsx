import '@mantine/core/styles/Table.css';
import '@mantine/core/styles/Chip.css';
import { type ErrorCode, ScannerApiError } from '@fast-scanner/client';
import { Button, Stack } from '@mantine/core';
import { Radar } from 'lucide-react';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { SignalHistory } from './signal-history.tsx';
import { SymbolAnalysis } from './symbol-analysis.tsx';
import { SymbolChart } from './symbol-chart.tsx';
import { defaultTimeframe, SYMBOL_FIELDS, type SymbolFilters } from './symbol-filters.ts';
import { SymbolHeadline } from './symbol-headline.tsx';
import { UnknownSymbol } from './unknown-symbol.tsx';
import { useAnalyzeNow, useSymbolAnalysis, useSymbolCandles } from './use-symbol-data.ts';

/** Nothing about the symbol can be asked then. */
const UNKNOWN: readonly ErrorCode[] = ['symbol_unknown', 'exchange_unknown', 'invalid_input'];

/** One symbol: its chart, everything the scanner says of it and why, and what became of what it said before. */
export function SymbolPage({ symbol }: { readonly symbol: string }) {
  const [filters, setFilters] = useSearchState<SymbolFilters>(SYMBOL_FIELDS);
  const { data, error, isPending, refetch } = useSymbolAnalysis({ symbol, exchange: filters.exchange });
  const at = { symbol, exchange: filters.exchange || data?.signal.exchange || '' };
  const scanned = data?.signal.timeframe ?? (isPending ? null : defaultTimeframe(symbol));
  const timeframe = filters.timeframe ?? scanned;
  const candles = useSymbolCandles({ ...at, timeframe, indicators: filters.indicators });
  const analyze = useAnalyzeNow(at, timeframe ?? defaultTimeframe(symbol));
  const isUnknown = !data && isOneOf(candles.error, UNKNOWN);
  const isUnscanned = isOneOf(error, ['not_found']);
  const dataSource = data?.signal.dataSource ?? candles.data?.dataSource;
  const button = (
    <Button
      leftSection={<Radar size={16} aria-hidden />}
      title={`Scans ${symbol} on ${timeframe} candles`}
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
        badges={dataSource && <DataSourceBadge dataSource={dataSource} />}
        actions={!isUnknown && button}
      />
      <OfflineNotice />
      {isUnknown ? (
        <UnknownSymbol error={candles.error} />
      ) : (
        <Stack gap="md">
          {analyze.error && <ErrorState error={analyze.error} onRetry={() => analyze.mutate()} />}
          {!isPending && <SymbolHeadline at={at} analysis={data} />}
          <SymbolChart
            symbol={symbol}
            candles={candles}
            timeframe={timeframe}
            indicators={filters.indicators}
            onFilter={setFilters}
            plan={data?.deepAnalysis?.sl_tp ?? null}
            planTimeframe={data?.signal.timeframe ?? null}
          />
          {isUnscanned && (
            <EmptyState title={`${symbol} was never scanned`} icon={Radar} action={button}>
              Analyse it now, or scan a universe it belongs to.
            </EmptyState>
          )}
          {error && !isUnscanned && <ErrorState error={error} onRetry={() => void refetch()} />}
          {isPending && <LoadingState label="Loading the analysis" />}
          {data && <SymbolAnalysis analysis={data} />}
          <SignalHistory {...at} />
        </Stack>
      )}
    </>
  );
}

function isOneOf(error: unknown, codes: readonly ErrorCode[]): boolean {
  return error instanceof ScannerApiError && codes.some((code) => code === error.code);
}
