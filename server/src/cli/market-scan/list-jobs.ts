import type { JobStatus, MarketJobsResponse } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../palette.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { renderJobs } from './job-table.ts';

/** What `fast-scanner market-scan list` was asked. */
export interface ListJobsOptions extends AnswerOptions {
  readonly status?: JobStatus;
  readonly limit: number;
}

/** Prints the history of market scans and sweeps, newest first; answers the exit code. */
export function listJobs(options: ListJobsOptions, context: CliContext): Promise<number> {
  const { url: _, json: __, ...query } = options;
  const { signal } = context;
  return printAnswer(options, context, {
    work: (client) => client.marketScans.jobs(query, { signal }),
    print: (page) => printPage(page, context),
  });
}

function printPage({ jobs, next_cursor }: MarketJobsResponse, context: CliContext): void {
  const { stdout, stderr } = context;
  if (jobs.length === 0) stderr.write('There are no such market scans.\n');
  else stdout.write(renderJobs(jobs, createPaint(context)));
  if (next_cursor !== null) stderr.write(`There are more; these are the newest ${jobs.length} (--limit).\n`);
}
