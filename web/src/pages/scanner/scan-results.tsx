import { type QuickScan, useElapsed } from '@fast-scanner/client/react';
import { Radar } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { ProgressPanel } from '../../components/progress-panel.tsx';
import { ResultsToolbar } from './results-toolbar.tsx';
import { rowPath, SCAN_COLUMNS } from './scan-columns.tsx';
import { ScanFailures } from './scan-failures.tsx';
import { rowIdOf, type ScanRow, toRows } from './scan-row.ts';
import { ScanSummary } from './scan-summary.tsx';
import type { ScannerFilters } from './scanner-filters.ts';
import type { useShownScan } from './use-shown-scan.ts';

interface ScanResultsProps {
  readonly scan: QuickScan;
  readonly shown: ReturnType<typeof useShownScan>;
  readonly filters: ScannerFilters;
  readonly onFilter: (change: Partial<ScannerFilters>) => void;
}

const UNDER_WAY: readonly string[] = ['starting', 'quick', 'analyzing'];

/** The shown scan: how far it is, and its symbols. */
export function ScanResults({ scan, shown, filters, onFilter }: ScanResultsProps) {
  const [, navigate] = useLocation();
  const { phase, signals, failures, error } = scan;
  const all = useMemo(() => toRows(signals, failures), [signals, failures]);
  const rows = useMemo(() => all.filter((row) => isWanted(row, filters)), [all, filters]);
  if (shown.error) return <ErrorState error={shown.error} onRetry={shown.retry} />;
  if (shown.isNone && phase === 'idle') return <NothingYet />;
  const isWaiting = signals.length === 0 && (phase === 'idle' || UNDER_WAY.includes(phase));
  return (
    <section aria-label="Results">
      {error && <ErrorState error={error} onRetry={scan.retry} />}
      <ScanProgress scan={scan} />
      {scan.scan && !UNDER_WAY.includes(phase) && <ScanSummary scan={scan.scan} />}
      {isWaiting ? (
        <LoadingState rows={10} rowHeight={32} label="Waiting for the signals" />
      ) : (
        <>
          <ResultsToolbar filters={filters} onChange={onFilter} shown={rows.length} total={all.length} />
          <DataTable
            label="Signals"
            columns={SCAN_COLUMNS}
            rows={rows}
            rowId={rowIdOf}
            sort={filters.sort}
            onSortChange={(sort) => onFilter({ sort })}
            search={filters.q}
            onOpen={(row) => navigate(rowPath(row))}
            maxHeight="max(360px, 64vh)"
            empty={<NoRows hasResults={all.length > 0} />}
          />
        </>
      )}
      <ScanFailures failures={failures} />
    </section>
  );
}

function ScanProgress({ scan }: { readonly scan: QuickScan }) {
  const { phase, progress, isCancelling, cancel } = scan;
  const isUnderWay = UNDER_WAY.includes(phase);
  const elapsedMs = useElapsed(progress, isUnderWay);
  if (!isUnderWay) return null;
  const isDeep = phase === 'analyzing';
  return (
    <ProgressPanel
      label={isDeep ? 'Deep analysis' : 'Quick scan'}
      done={isDeep ? progress.processed : 0}
      total={isDeep ? progress.total : 0}
      current={progress.current}
      elapsedMs={elapsedMs}
      etaSeconds={progress.etaSeconds}
      onCancel={() => void cancel()}
      isCancelling={isCancelling}
    />
  );
}

function isWanted({ result }: ScanRow, { signal, strength }: ScannerFilters): boolean {
  return (signal === null || result.signal === signal) && result.strength >= strength;
}

function NothingYet() {
  return (
    <EmptyState icon={Radar} title="No scan yet">
      “Quick scan” looks at every symbol of the universe and shows its signal within seconds. The deep
      analysis fills in behind it, symbol by symbol.
    </EmptyState>
  );
}

function NoRows({ hasResults }: { readonly hasResults: boolean }) {
  if (hasResults)
    return (
      <EmptyState title="No symbol fits the filters">
        Widen the search, the signal or the strength.
      </EmptyState>
    );
  return (
    <EmptyState title="The scan found no signals">
      The symbols that could not be read say why below.
    </EmptyState>
  );
}
