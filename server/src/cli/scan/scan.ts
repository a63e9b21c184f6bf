import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScannerError } from '@fast-scanner/shared';
import { ConfigError } from '../../config/config-error.ts';
import { readEnvironment } from '../../config/read-environment.ts';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { reportProblems } from '../report-problems.ts';
import { OPTION_NAMES, planScan } from './plan-scan.ts';
import { reportError, reportScan } from './report-scan.ts';
import { runScan } from './run-scan.ts';
import type { ScanOptions } from './scan-options.ts';

/** Scans once, in this process and with a database of its own; answers the exit code. */
export async function scan(options: ScanOptions, context: CliContext): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fast-scanner-scan-'));
  try {
    const plan = planScan(options, readEnvironment(context.env, context.folder), dataDir);
    return reportScan(await runScan(plan, context), options, context);
  } catch (error) {
    return explain(error, options, context);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function explain(error: unknown, options: ScanOptions, context: CliContext): number {
  if (context.signal.aborted) return cancelled(context);
  if (error instanceof ConfigError) {
    reportProblems(error, context.stderr, OPTION_NAMES);
    return EXIT_CODES.usage;
  }
  if (!(error instanceof ScannerError)) throw error;
  reportError(error, options, context);
  return error.code === 'invalid_input' || error.code === 'exchange_unknown'
    ? EXIT_CODES.usage
    : EXIT_CODES.failed;
}

function cancelled({ stderr }: CliContext): number {
  stderr.write('The scan was stopped before it began.\n');
  return EXIT_CODES.cancelled;
}
