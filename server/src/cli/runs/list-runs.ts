import type { JobStatus, RunModeName, RunsResponse } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../palette.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { renderRuns } from './run-list-table.ts';

/** What `fast-scanner runs list` was asked. */
export interface ListRunsOptions extends AnswerOptions {
  readonly status?: JobStatus;
  readonly mode?: RunModeName;
  readonly exchange?: string;
  readonly q?: string;
  readonly limit: number;
}

/** Prints the history of runs, newest first; answers the exit code. */
export function listRuns(options: ListRunsOptions, context: CliContext): Promise<number> {
  const { url: _, json: __, ...query } = options;
  const { signal } = context;
  return printAnswer(options, context, {
    work: (client) => client.runs.list(query, { signal }),
    print: (page) => printPage(page, context),
  });
}

function printPage({ runs, next_cursor }: RunsResponse, context: CliContext): void {
  const { stdout, stderr } = context;
  if (runs.length === 0) stderr.write('There are no such runs.\n');
  else stdout.write(renderRuns(runs, createPaint(context)));
  if (next_cursor !== null) stderr.write(`There are more; these are the newest ${runs.length} (--limit).\n`);
}
