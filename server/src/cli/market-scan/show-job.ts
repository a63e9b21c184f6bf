import type { MarketJobResponse, ScannerClient } from '@fast-scanner/client';
import { ScannerError } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { findJobId } from './find-job-id.ts';
import type { OutputOptions } from './market-scan-options.ts';
import { describeEnd } from './report-market-job.ts';
import { printScan } from './report-market-scan.ts';
import { printSweep } from './report-sweep.ts';
import { type Outputs, planOutputs, writeOutputs } from './write-outputs.ts';

/** What `fast-scanner market-scan show` was asked. */
export interface ShowJobOptions extends ServerOptions, OutputOptions {
  readonly json?: boolean;
}

/** Prints one market scan or sweep as it stands: its result once it is completed; answers the exit code. */
export async function showJob(id: string, options: ShowJobOptions, context: CliContext): Promise<number> {
  const { signal } = context;
  try {
    const outputs = await planOutputs(options, context.folder);
    await withServer(options, context, {
      work: async (client) => {
        const job = await client.marketScans.job(await findJobId(client, id, signal), { signal });
        if (job.status === 'completed') await showResult(job, { client, options, outputs }, context);
        else showState(job, outputs, options, context);
      },
    });
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

interface Shown {
  readonly client: ScannerClient;
  readonly options: ShowJobOptions;
  readonly outputs: Outputs;
}

async function showResult(
  { job_id: jobId, kind }: MarketJobResponse,
  { client, options, outputs }: Shown,
  context: CliContext,
): Promise<void> {
  const { signal } = context;
  if (kind === 'sweep') {
    refuseOutputs(outputs, 'a sweep has neither --report nor --csv; --json prints all of it');
    printSweep(await client.marketScans.sweepResult(jobId, { signal }), options, context);
    return;
  }
  printScan(await client.marketScans.result(jobId, { signal }), options, context);
  await writeOutputs(outputs, { client, jobId }, context);
}

function showState(
  job: MarketJobResponse,
  outputs: Outputs,
  { json }: ShowJobOptions,
  { stdout }: CliContext,
): void {
  refuseOutputs(outputs, `there is nothing to write yet: ${describeEnd(job)}`);
  if (json) printJson(stdout, job);
  else stdout.write(`${describeEnd(job)}\n`);
}

function refuseOutputs({ report, csv }: Outputs, detail: string): void {
  if (report !== null || csv !== null) throw new ScannerError('conflict', detail);
}
