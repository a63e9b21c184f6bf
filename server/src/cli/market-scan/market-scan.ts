import type { ScannerClient } from '@fast-scanner/client';
import type { MarketScanRequest } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { followMarketJob } from './follow-market-job.ts';
import type { MarketScanOptions } from './market-scan-options.ts';
import { planMarketScan } from './plan-market-scan.ts';
import { detach, reportEnd, reportMarketFailure, startJob } from './report-market-job.ts';
import { printScan } from './report-market-scan.ts';
import { withStrategy } from './with-strategy.ts';
import { planOutputs, writeOutputs } from './write-outputs.ts';

/** Tests a strategy on every stock and, unless detached, waits for its end; answers the exit code. */
export async function marketScan(options: MarketScanOptions, context: CliContext): Promise<number> {
  try {
    const outputs = await planOutputs(options, context.folder);
    return await withStrategy(options, context, {
      plan: (strategy) => planMarketScan({ ...options, strategy }),
      work: async (request, client) => {
        const jobId = await start(request, client, context);
        if (options.detach) return await detach(jobId, client, options, context);
        const job = await followMarketJob({ jobId, client, kind: 'scan' }, context);
        if (job.status === 'completed') {
          printScan(await client.marketScans.result(jobId), options, context);
          await writeOutputs(outputs, { client, jobId }, context);
        }
        return reportEnd(job, options, context);
      },
    });
  } catch (error) {
    return reportMarketFailure(error, options, context);
  }
}

function start(request: MarketScanRequest, client: ScannerClient, context: CliContext): Promise<string> {
  return startJob('Market scan', () => client.marketScans.start(request), context);
}
