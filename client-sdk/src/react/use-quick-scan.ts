import { useMemo } from 'react';
import { type JobActions, type QuickScanInput, quickScanStore, type ScanState } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useJob } from './use-job.ts';

export interface UseQuickScanOptions {
  /** A scan to go on with, such as one named in the address. */
  readonly scanId?: string | null | undefined;
  /** Components with the same name show the same scan, also after all of them were gone for a while. */
  readonly name?: string | undefined;
}

/** A scan as it stands, and what can be done with it. */
export interface QuickScan extends ScanState, JobActions<[request?: QuickScanInput]> {}

/**
 * A quick scan: started, filled in as the symbols are analysed, cancelled.
 * @example
 * const { phase, signals, progress, error, start, cancel } = useQuickScan();
 * <button onClick={() => start({ limit: 20 })} disabled={phase === 'starting'}>Quick scan</button>
 * {signals.map((row) => <Row key={row.symbol} row={row} />)}
 */
export function useQuickScan({ scanId, name }: UseQuickScanOptions = {}): QuickScan {
  const client = useScannerClient();
  return useJob(
    useMemo(() => quickScanStore(client, name), [client, name]),
    scanId,
  );
}
