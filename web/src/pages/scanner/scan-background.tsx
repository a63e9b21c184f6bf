import '../../app/mantine-styles-later.css';
import type { ScanSummary } from '@fast-scanner/client';
import { SimpleGrid } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useEffect } from 'react';
import { ScanChanges } from './scan-changes.tsx';
import { HISTORY_KEY, ScanHistory } from './scan-history.tsx';

interface ScanBackgroundProps {
  /** The shown one; `null` until it is known. */
  readonly scan: ScanSummary | null;
  readonly hasEnded: boolean;
}

/** What the shown scan is to be seen against: the scan before it, and all the others. */
export const ScanBackground = memo(function ScanBackground({ scan, hasEnded }: ScanBackgroundProps) {
  const queryClient = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the history shows how each scan stands
  useEffect(() => void queryClient.invalidateQueries({ queryKey: HISTORY_KEY }), [hasEnded, queryClient]);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} mt="lg" style={{ alignItems: 'start' }}>
      {scan && <ScanChanges scanId={scan.scanId} hasEnded={hasEnded} exchange={scan.exchange} />}
      <ScanHistory shownScanId={scan?.scanId ?? null} />
    </SimpleGrid>
  );
});
