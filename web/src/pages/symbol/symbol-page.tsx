import '@mantine/core/styles/Table.css';
import '@mantine/core/styles/Chip.css';
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
import { SYMBOL_FIELDS, type SymbolFilters } from './symbol-filters.ts';
import { SymbolHeadline } from './symbol-headline.tsx';
import { UnknownSymbol } from './unknown-symbol.tsx';
import { type SymbolView, useSymbolView } from './use-symbol-view.ts';

/** One symbol: its chart, everything the scanner says of it and why, and what became of what it said before. */
export function SymbolPage({ symbol }: { readonly symbol: string }) {
  const [filters, setFilters] = useSearchState<SymbolFilters>(SYMBOL_FIELDS);
  const view = useSymbolView(symbol, filters);
  const { analysis, candles, isUnknown } = view;
  const { data } = analysis;
  const dataSource = data?.signal.dataSource ?? candles.data?.dataSource;
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
        actions={!isUnknown && <AnalyzeButton view={view} />}
      />
      <OfflineNotice />
      {isUnknown ? (
        <UnknownSymbol error={candles.error} />
      ) : (
        <Stack gap="md">
          <Contents view={view} filters={filters} onFilter={setFilters} />
        </Stack>
      )}
    </>
  );
}

interface ContentsProps {
  readonly view: SymbolView;
  readonly filters: SymbolFilters;
  readonly onFilter: (change: Partial<SymbolFilters>) => void;
}

function Contents({ view, filters, onFilter }: ContentsProps) {
  const { at, timeframe, analysis, candles, analyze, isUnscanned } = view;
  const { data, error, isPending, refetch } = analysis;
  return (
    <>
      {analyze.error && <ErrorState error={analyze.error} onRetry={() => analyze.mutate()} />}
      {!isPending && <SymbolHeadline at={at} analysis={data} />}
      <SymbolChart
        symbol={at.symbol}
        candles={candles}
        timeframe={timeframe}
        indicators={filters.indicators}
        onFilter={onFilter}
        plan={data?.deepAnalysis?.sl_tp ?? null}
        planTimeframe={data?.signal.timeframe ?? null}
      />
      {isUnscanned && (
        <EmptyState
          title={`${at.symbol} was never scanned`}
          icon={Radar}
          action={<AnalyzeButton view={view} />}
        >
          Analyse it now, or scan a universe it belongs to.
        </EmptyState>
      )}
      {error && !isUnscanned && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingState label="Loading the analysis" />}
      {data && <SymbolAnalysis analysis={data} />}
      <SignalHistory {...at} />
    </>
  );
}

function AnalyzeButton({ view: { at, timeframe, analyze } }: { readonly view: SymbolView }) {
  return (
    <Button
      leftSection={<Radar size={16} aria-hidden />}
      title={`Scans ${at.symbol} on ${timeframe ?? 'its'} candles`}
      loading={analyze.isPending}
      onClick={() => analyze.mutate()}
    >
      Analyse now
    </Button>
  );
}
