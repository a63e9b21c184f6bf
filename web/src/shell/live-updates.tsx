import { useScannerClient } from '@fast-scanner/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Holds the live connection as long as the dashboard is open, and asks anew for what a scan that has begun makes old. */
export function LiveUpdates() {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      client.watchScans(({ type }) => {
        if (type === 'scanStarted') void queryClient.invalidateQueries({ queryKey: ['scans'] });
      }),
    [client, queryClient],
  );
  return null;
}
