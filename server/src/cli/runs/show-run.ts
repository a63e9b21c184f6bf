import { ScannerApiError } from '@fast-scanner/client';
import { type RunSummary, runSummarySchema } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { findRunId } from './find-run-id.ts';
import { printRun, type ReportOptions } from './report-run.ts';
import { renderRuns } from './run-list-table.ts';

export interface ShowRunOptions extends ServerOptions, ReportOptions {}

/** Prints one run; answers the exit code: a run whose findings have been swept can no longer be shown. */
export async function showRun(id: string, options: ShowRunOptions, context: CliContext): Promise<number> {
  const { signal } = context;
  try {
    const run = await withServer(options, context, {
      work: async (client) => client.runs.get(await findRunId(client, id, signal), { signal }),
    });
    printRun(run, options, context);
    return EXIT_CODES.ok;
  } catch (error) {
    const summary = options.json ? null : whatIsLeft(error);
    if (summary) context.stdout.write(renderRuns([summary], createPaint(context)));
    return reportFailure(error, options, context);
  }
}

function whatIsLeft(error: unknown): RunSummary | null {
  if (!(error instanceof ScannerApiError) || error.code !== 'gone') return null;
  return runSummarySchema.safeParse(error.summary).data ?? null;
}
