import type { QuickScan } from '@fast-scanner/client/react';
import { Box } from '@mantine/core';
import { Radar } from 'lucide-react';
import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { ProgressPanel } from '../../components/progress-panel.tsx';
import { formatCount } from '../../format/format-number.ts';
import { useEndNotice } from '../../hooks/use-end-notice.ts';
import { ScanFailures } from './scan-failures.tsx';
import { toRows } from './scan-row.ts';
import { ScanSummary } from './scan-summary.tsx';
import type { ScannerFilters } from './scanner-filters.ts';
import { SignalTable } from './signal-table.tsx';
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
  const { phase, signals, failures, error } = scan;
  const rows = useMemo(() => toRows(signals, failures), [signals, failures]);
  const isUnderWay = UNDER_WAY.includes(phase);
  useEndNotice({ what: 'Scan', id: scan.scanId, phase, found: formatCount(signals.length, 'symbol') });
  if (shown.error) return <ErrorState error={shown.error} onRetry={shown.retry} />;
  if (shown.isNone && phase === 'idle') return <NothingYet />;
  return (
    <section aria-label="Results">
      {error && (
        <Box mb="md">
          <ErrorState error={error} onRetry={scan.retry} />
        </Box>
      )}
      {isUnderWay && (
        <ProgressPanel
          label={phase === 'analyzing' ? 'Deep analysis' : 'Quick scan'}
          job={scan}
          isStarting={phase !== 'analyzing'}
        />
      )}
      {scan.scan && !isUnderWay && <ScanSummary scan={scan.scan} />}
      {rows.length === 0 ? (
        <NoSignals phase={phase} />
      ) : (
        <SignalTable rows={rows} filters={filters} onFilter={onFilter} />
      )}
      <ScanFailures failures={failures} />
    </section>
  );
}

function NothingYet() {
  return (
    <EmptyState icon={Radar} title="No scan yet">
      “Quick scan” looks at every symbol of the universe and shows its signal within seconds. The deep
      analysis fills in behind it, symbol by symbol.
    </EmptyState>
  );
}

/** In place of a table without rows. */
function NoSignals({ phase }: { readonly phase: QuickScan['phase'] }) {
  switch (phase) {
    case 'complete':
      return (
        <EmptyState title="The scan found no signals">
          The symbols that could not be read say why below.
        </EmptyState>
      );
    case 'cancelled':
      return <EmptyState title="The scan was cancelled before it had a signal" />;
    case 'failed':
      return null;
    default:
      return <LoadingState rows={10} rowHeight={32} label="Waiting for the signals" />;
  }
}
