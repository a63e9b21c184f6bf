import { useScannerClient } from '@fast-scanner/client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { notify } from '../settings/notify.ts';

/**
 * Holds the live connection as long as the dashboard is open, asks anew for what a scan that has begun makes old, and tells of alerts while
 * the user looks elsewhere, if that is wished.
 */
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
  useEffect(
    () =>
      client.watchAlerts(({ symbol, timeframe, detail, ruleId }) =>
        notify(`${symbol} (${timeframe})`, { body: detail, tag: `alert ${ruleId} ${symbol}` }),
      ),
    [client],
  );
  return null;
}
