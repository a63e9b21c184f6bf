import type { JobStatus, RunModeName, RunsResponse } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { renderRuns } from './run-list-table.ts';

/** What `fast-scanner runs list` was asked. */
export interface ListRunsOptions extends ServerOptions {
  readonly status?: JobStatus;
  readonly mode?: RunModeName;
  readonly exchange?: string;
  readonly q?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the history of runs, newest first; answers the exit code. */
export async function listRuns(options: ListRunsOptions, context: CliContext): Promise<number> {
  const { url: _, json, ...query } = options;
  try {
    const { signal } = context;
    const page = await withServer(options, context, {
      work: (client) => client.runs.list(query, { signal }),
    });
    if (json) printJson(context.stdout, page);
    else printPage(page, context);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

function printPage({ runs, next_cursor }: RunsResponse, context: CliContext): void {
  const { stdout, stderr } = context;
  if (runs.length === 0) stderr.write('There are no such runs.\n');
  else stdout.write(renderRuns(runs, createPaint(context)));
  if (next_cursor !== null) stderr.write(`There are more; these are the newest ${runs.length} (--limit).\n`);
}
