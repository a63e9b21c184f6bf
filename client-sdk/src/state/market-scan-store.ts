import type { MarketScanEvent, MarketScanInput } from '@fast-scanner/shared';
import type { CallOptions } from '../call-options.ts';
import type { ScannerClient } from '../create-scanner-client.ts';
import type { MarketScan } from '../market-scan.ts';
import { foldMarketEvent, foldMarketJob, foldMarketResult, foldSweepResult } from './fold-market-scan.ts';
import type { JobKind } from './job-kind.ts';
import { type JobActions, JobStore } from './job-store.ts';
import { type MarketScanState, NO_MARKET_SCAN } from './market-scan-state.ts';
import type { ReadableStore } from './readable-store.ts';
import { keptStore } from './store-registry.ts';

/** A market scan that may be started, followed and cancelled. */
export interface MarketScanStore
  extends ReadableStore<MarketScanState>,
    JobActions<[request: MarketScanInput]> {}

/**
 * The market scan of a client, one for each name; it keeps its scan while nobody looks.
 * @example
 * const store = marketScanStore(client);
 * store.subscribe(() => console.log(store.getSnapshot().pnl));
 * await store.start({ strategy: 'sma_cross' });
 */
export function marketScanStore(client: ScannerClient, name = ''): MarketScanStore {
  return keptStore(client, `marketScan ${name}`, () => new JobStore(marketScanKind(client)));
}

function marketScanKind(
  client: ScannerClient,
): JobKind<MarketScanState, [request: MarketScanInput], MarketScanEvent, MarketScan> {
  const { marketScans } = client;
  return {
    idle: NO_MARKET_SCAN,
    start: (request) => marketScans.start(request),
    handle: (jobId) => marketScans.scan(jobId),
    idOf: ({ jobId }) => jobId,
    onHandle: (state, { jobId }) => ({ ...state, jobId }),
    read: (scan, options) => readMarketScan(client, scan, options),
    onEvent: foldMarketEvent,
    onGone: (state, error) => ({ ...state, phase: 'failed', error }),
  };
}

/** The job and, where it is complete and kept, what it came to. */
async function readMarketScan(
  { marketScans }: ScannerClient,
  scan: MarketScan,
  options: CallOptions,
): Promise<(state: MarketScanState) => MarketScanState> {
  const job = await scan.snapshot(options);
  if (job.status !== 'completed' || !job.details_kept) return (state) => foldMarketJob(state, job);
  if (job.kind === 'sweep') {
    const { success, ...result } = await marketScans.sweepResult(scan.jobId, options);
    return (state) => foldSweepResult(foldMarketJob(state, job), result);
  }
  const { success, ...result } = await marketScans.result(scan.jobId, options);
  return (state) => foldMarketResult(foldMarketJob(state, job), result);
}
