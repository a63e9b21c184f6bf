import { useMemo } from 'react';
import { type ScanState, scanStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStore } from './use-store.ts';

/**
 * A scan that exists, with its rows filling in while the analysis goes on. Components that show the same scan share one subscription; of a
 * scan that has ended nothing is held open.
 * @example
 * const { phase, signals, progress } = useScan(scanId);
 * @param scanId `null` shows none
 */
export function useScan(scanId: string | null): ScanState {
  const client = useScannerClient();
  return useStore(useMemo(() => scanStore(client, scanId), [client, scanId]));
}
