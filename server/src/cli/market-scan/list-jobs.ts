import type { JobStatus, MarketJobsResponse } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { renderJobs } from './job-table.ts';

/** What `fast-scanner market-scan list` was asked. */
export interface ListJobsOptions extends ServerOptions {
  readonly status?: JobStatus;
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the history of market scans and sweeps, newest first; answers the exit code. */
export async function listJobs(options: ListJobsOptions, context: CliContext): Promise<number> {
  const { url: _, json, ...query } = options;
  try {
    const { signal } = context;
    const page = await withServer(options, context, {
      work: (client) => client.marketScans.jobs(query, { signal }),
    });
    if (json) printJson(context.stdout, page);
    else printPage(page, context);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

function printPage({ jobs, next_cursor }: MarketJobsResponse, context: CliContext): void {
  const { stdout, stderr } = context;
  if (jobs.length === 0) stderr.write('There are no such market scans.\n');
  else stdout.write(renderJobs(jobs, createPaint(context)));
  if (next_cursor !== null) stderr.write(`There are more; these are the newest ${jobs.length} (--limit).\n`);
}
