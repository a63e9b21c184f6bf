import { type DataSource, ScannerApiError } from '@fast-scanner/client';
import { useQuickScan, useScannerClient } from '@fast-scanner/client/react';
import { Anchor, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, memo, Suspense } from 'react';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StartError } from '../../components/start-error.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { NextScan } from './next-scan.tsx';
import { toScanInput } from './scan-choice.ts';
import { ScanForm } from './scan-form.tsx';
import { ScanResults } from './scan-results.tsx';
import { SCANNER_FIELDS, type ScannerFilters } from './scanner-filters.ts';
import { useShownScan } from './use-shown-scan.ts';

/** Below the table, so that it may come after it. */
const ScanBackground = lazy(async () => ({
  default: (await import('./scan-background.tsx')).ScanBackground,
}));

const ENDS: readonly string[] = ['complete', 'failed', 'cancelled'];

/**
 * Scans a universe at once: signals first, then the deep analysis of each symbol as it comes. What does not change with each
 * symbol is in parts of its own, so that it is left alone while they come.
 */
export function ScannerPage() {
  const client = useScannerClient();
  const [filters, setFilters] = useSearchState<ScannerFilters>(SCANNER_FIELDS);
  const shown = useShownScan(filters.scan);
  const scan = useQuickScan({ scanId: shown.scanId });
  const start = useMutation({
    mutationFn: async () => {
      setFilters({ scan: '' }); // the newest is the one that begins now
      const { scanId } = await client.quickScan(await toScanInput(filters, client));
      return scanId;
    },
    onSuccess: (scanId) => setFilters({ scan: scanId }, { replace: false }),
  });
  return (
    <>
      <ScannerHeader dataSource={scan.scan?.dataSource ?? null} />
      <OfflineNotice />
      <ScanForm choice={filters} onChange={setFilters} onScan={start.mutate} isStarting={start.isPending} />
      {start.error && !isCancelled(start.error) && <StartError error={start.error} onRetry={start.mutate} />}
      {shown.newerScanId !== null && !start.isPending && (
        <Text size="sm" mb="sm">
          This is an earlier scan.{' '}
          <Anchor component="button" type="button" inherit onClick={() => setFilters({ scan: '' })}>
            Show the newest
          </Anchor>
        </Text>
      )}
      <ScanResults scan={scan} shown={shown} filters={filters} onFilter={setFilters} />
      <Suspense>
        <ScanBackground scan={scan.scan} hasEnded={ENDS.includes(scan.phase)} />
      </Suspense>
    </>
  );
}

const ScannerHeader = memo(function ScannerHeader({
  dataSource,
}: {
  readonly dataSource: DataSource | null;
}) {
  return (
    <PageHeader
      title="Scanner"
      description="Signals of a whole universe at once; the deep analysis of each symbol follows as it is done."
      badges={dataSource && <DataSourceBadge dataSource={dataSource} />}
      actions={<NextScan />}
    />
  );
});

/** Whoever asked for the end need not be told of it. */
function isCancelled(error: unknown): boolean {
  return error instanceof ScannerApiError && error.code === 'cancelled';
}
