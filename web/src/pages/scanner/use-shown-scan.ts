import { useScannerClient } from '@fast-scanner/client/react';
import { useQuery } from '@tanstack/react-query';

interface ShownScan {
  /** `null` while it is not known yet, or when there is none. */
  readonly scanId: string | null;
  /** Nobody has scanned yet. */
  readonly isNone: boolean;
  /** The newest scan, when another one is shown; else `null`. */
  readonly newerScanId: string | null;
  readonly error: unknown;
  readonly retry: () => void;
}

const REFRESH_MS = 15_000;

/** The scan of the address, else the one that runs or ran last: whoever comes back finds it again. */
export function useShownScan(wanted: string): ShownScan {
  const client = useScannerClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['scans', 'newest'],
    queryFn: ({ signal }) => client.status({ signal }),
    select: ({ status }) => status.currentScanId ?? status.lastScan?.scanId ?? null,
    refetchInterval: REFRESH_MS,
  });
  const newest = data ?? null;
  return {
    scanId: wanted || newest,
    isNone: wanted === '' && data === null,
    newerScanId: wanted !== '' && newest !== wanted ? newest : null,
    error: wanted === '' ? error : null,
    retry: () => void refetch(),
  };
}
