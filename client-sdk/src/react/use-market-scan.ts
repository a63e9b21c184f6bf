import { useMemo } from 'react';
import { type JobActions, type MarketScanInput, type MarketScanState, marketScanStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useJob } from './use-job.ts';

export interface UseMarketScanOptions {
  /** A scan or sweep to go on with, such as one named in the address. */
  readonly jobId?: string | null | undefined;
  /** Components with the same name show the same scan, also after all of them were gone for a while. */
  readonly name?: string | undefined;
}

/** A market scan as it stands, and what can be done with it. */
export interface MarketScanHook extends MarketScanState, JobActions<[request: MarketScanInput]> {}

/**
 * A market scan: started, followed with its running profit and loss, cancelled; at the end it holds the whole result.
 * @example
 * const { progress, pnl, result, start } = useMarketScan();
 * <button onClick={() => start({ strategy: 'sma_cross' })}>Test the market</button>
 * <p>{progress.pct.toFixed(1)} %, {pnl.toFixed(2)} so far</p>
 */
export function useMarketScan({ jobId, name }: UseMarketScanOptions = {}): MarketScanHook {
  const client = useScannerClient();
  return useJob(
    useMemo(() => marketScanStore(client, name), [client, name]),
    jobId,
  );
}
