import { useQuickScan, useScannerClient } from '@fast-scanner/client/react';
import { Anchor, SimpleGrid, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StartError } from '../../components/start-error.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { NextScan } from './next-scan.tsx';
import { ScanChanges } from './scan-changes.tsx';
import { toScanInput } from './scan-choice.ts';
import { ScanForm } from './scan-form.tsx';
import { ScanHistory } from './scan-history.tsx';
import { ScanResults } from './scan-results.tsx';
import { SCANNER_FIELDS, type ScannerFilters } from './scanner-filters.ts';
import { useShownScan } from './use-shown-scan.ts';

const ENDS: readonly string[] = ['complete', 'failed', 'cancelled'];

/** Scans a universe at once: signals first, then the deep analysis of each symbol as it comes. */
export function ScannerPage() {
  const client = useScannerClient();
  const [filters, setFilters] = useSearchState<ScannerFilters>(SCANNER_FIELDS);
  const shown = useShownScan(filters.scan);
  const scan = useQuickScan({ scanId: shown.scanId });
  const start = useMutation({
    mutationFn: async () => scan.start(await toScanInput(filters, client)),
    onSuccess: (scanId) => {
      if (scanId !== null) setFilters({ scan: scanId }, { replace: false });
    },
  });
  return (
    <>
      <PageHeader
        title="Scanner"
        description="Signals of a whole universe at once; the deep analysis of each symbol follows as it is done."
        badges={scan.scan && <DataSourceBadge dataSource={scan.scan.dataSource} />}
        actions={<NextScan />}
      />
      <OfflineNotice />
      <ScanForm
        choice={filters}
        onChange={setFilters}
        onScan={() => start.mutate()}
        isStarting={start.isPending}
      />
      {start.error && <StartError error={start.error} onRetry={() => start.mutate()} />}
      {shown.newerScanId !== null && !start.isPending && (
        <Text size="sm" mb="sm">
          This is an earlier scan.{' '}
          <Anchor component="button" type="button" inherit onClick={() => setFilters({ scan: '' })}>
            Show the newest
          </Anchor>
        </Text>
      )}
      <ScanResults scan={scan} shown={shown} filters={filters} onFilter={setFilters} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} mt="lg">
        {scan.scan && (
          <ScanChanges
            scanId={scan.scan.scanId}
            hasEnded={ENDS.includes(scan.phase)}
            exchange={scan.scan.exchange}
          />
        )}
        <ScanHistory shownScanId={scan.scanId} />
      </SimpleGrid>
    </>
  );
}
