import { type MarketJobResponse, ScannerApiError, type ScannerClient } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatMoney } from '../format-cells.ts';
import { printJson } from '../print-json.ts';
import { isStop, reportFailure } from '../server/report-failure.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** Starts a job unless Ctrl-C came before; says and answers its id. */
export async function startJob(
  noun: string,
  start: () => Promise<{ readonly jobId: string }>,
  { stderr, signal }: CliContext,
): Promise<string> {
  signal.throwIfAborted();
  // Not ended by Ctrl-C: a job that was accepted all the same could not be cancelled any more.
  const { jobId } = await start();
  stderr.write(`${noun} ${jobId}\n`);
  return jobId;
}

/** Leaves a job to the server; answers the exit code. */
export async function detach(
  jobId: string,
  client: ScannerClient,
  { json }: JsonOption,
  { stdout, stderr }: CliContext,
): Promise<number> {
  if (json) printJson(stdout, await client.marketScans.job(jobId));
  else stdout.write(`${jobId}\n`);
  stderr.write(`It goes on at the server: fast-scanner market-scan show ${jobId}\n`);
  return EXIT_CODES.ok;
}

/** Says how a job ended that was waited for, if not well; answers the exit code. */
export function reportEnd(job: MarketJobResponse, { json }: JsonOption, context: CliContext): number {
  if (job.status === 'completed') return EXIT_CODES.ok;
  const { stdout, stderr } = context;
  if (json) printJson(stdout, job);
  stderr.write(`${describeEnd(job)}\n`);
  return job.status === 'cancelled' ? EXIT_CODES.cancelled : EXIT_CODES.failed;
}

/** As {@link reportFailure}; a strategy that there is not is wrong usage. */
export function reportMarketFailure(error: unknown, options: JsonOption, context: CliContext): number {
  if (isStop(error, context)) context.stderr.write('It was stopped before it began.\n');
  const exitCode = reportFailure(error, options, context);
  return error instanceof ScannerApiError && error.code === 'not_found' ? EXIT_CODES.usage : exitCode;
}

/** How far a job is, or how it ended, in one line. */
export function describeEnd(job: MarketJobResponse): string {
  const { kind, status, current, total, current_pnl, error } = job;
  const noun = kind === 'scan' ? 'market scan' : 'sweep';
  const done = `${current} of ${total} stocks`;
  const pnl = kind === 'scan' && current > 0 ? `, PnL ${formatMoney(current_pnl)}` : '';
  switch (status) {
    case 'cancelled':
      return `The ${noun} was cancelled after ${done}${pnl}.`;
    case 'failed':
      return `The ${noun} failed after ${done}${error ? `: ${error.detail} (${error.code})` : ''}.`;
    case 'completed':
      return `The ${noun} is done: ${done}${pnl}.`;
    default:
      return `The ${noun} is ${status}: ${done}${pnl}.`;
  }
}
