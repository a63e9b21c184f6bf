import type { MarketJobResponse, MarketScanEvent, ScannerClient } from '@fast-scanner/client';
import { assertNever } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { followJob } from '../follow-job.ts';
import { createMarketProgress, type MarketProgress } from './market-progress.ts';

export interface FollowedJob {
  readonly jobId: string;
  readonly client: ScannerClient;
  readonly kind: 'scan' | 'sweep';
}

/**
 * Shows how far a market scan or sweep is, and every stock that fails, until it has ended, however it does. The first Ctrl-C cancels it and
 * waits for that end.
 * @throws ScannerApiError @throws ScannerConnectionError when it can be neither followed nor cancelled
 */
export function followMarketJob(
  { jobId, client, kind }: FollowedJob,
  { stderr, signal }: CliContext,
): Promise<MarketJobResponse> {
  const job = client.marketScans.scan(jobId); // sweeps have the same events
  const progress = createMarketProgress(stderr, kind);
  const show = (event: MarketScanEvent) => showEvent(event, progress);
  const noun = kind === 'scan' ? 'market scan' : 'sweep';
  return followJob({ job, client, noun, progress: progress.view, show }, { signal }, (options) =>
    job.snapshot(options),
  );
}

function showEvent(event: MarketScanEvent, { begin, advance, view }: MarketProgress): void {
  switch (event.type) {
    case 'start':
      begin(event);
      return;
    case 'progress':
      advance(event);
      return;
    case 'error':
      view.line(`${event.ticker}: ${event.error} (${event.code})`);
      return;
    case 'complete':
    case 'sweepComplete':
    case 'cancelled':
    case 'failed':
      return;
    default:
      assertNever(event);
  }
}
