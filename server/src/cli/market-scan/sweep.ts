import type { CliContext } from '../cli-context.ts';
import { followMarketJob } from './follow-market-job.ts';
import type { SweepOptions } from './market-scan-options.ts';
import { planSweep } from './plan-market-scan.ts';
import { detach, reportEnd, reportMarketFailure, startJob } from './report-market-job.ts';
import { printSweep } from './report-sweep.ts';
import { withStrategy } from './with-strategy.ts';

/** Compares every combination of values and, unless detached, waits for the end; answers the exit code. */
export async function sweep(options: SweepOptions, context: CliContext): Promise<number> {
  try {
    return await withStrategy(options, context, {
      plan: (strategy) => planSweep({ ...options, strategy }),
      work: async (request, client) => {
        const jobId = await startJob('Sweep', () => client.marketScans.sweep(request), context);
        if (options.detach) return await detach(jobId, client, options, context);
        const job = await followMarketJob({ jobId, client, kind: 'sweep' }, context);
        if (job.status === 'completed')
          printSweep(await client.marketScans.sweepResult(jobId), options, context);
        return reportEnd(job, options, context);
      },
    });
  } catch (error) {
    return reportMarketFailure(error, options, context);
  }
}
