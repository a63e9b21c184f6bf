import type { Run, RunRequest, ScannerClient } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { withServer } from '../server/with-server.ts';
import { followRun } from './follow-run.ts';
import { planRun } from './plan-run.ts';
import { reportRun } from './report-run.ts';
import type { RunOptions } from './run-options.ts';

const DETACH_DEMAND =
  '--detach needs a server, as without one the run would end with this command; start one with `fast-scanner serve`, or leave --detach out';

/** Starts a scan run and, unless detached, waits for its end; answers the exit code. */
export async function run(options: RunOptions, context: CliContext): Promise<number> {
  let hasStarted = false;
  const work = async (client: ScannerClient) => {
    context.signal.throwIfAborted();
    // Not ended by Ctrl-C: a run that was accepted all the same could not be cancelled.
    const started = await client.runs.start(request);
    hasStarted = true;
    if (options.detach) return detach(started, options, context);
    context.stderr.write(`Run ${started.runId}\n`);
    const title = `Run (${options.mode})`;
    return reportRun(await followRun({ run: started, client, title }, context), options, context);
  };
  let request: RunRequest;
  try {
    request = planRun(options);
    return await withServer(options, context, options.detach ? { work, demand: DETACH_DEMAND } : { work });
  } catch (error) {
    if (context.signal.aborted && !hasStarted) context.stderr.write('The run was stopped before it began.\n');
    return reportFailure(error, options, context);
  }
}

async function detach(
  started: Run,
  { json }: RunOptions,
  { stdout, stderr, signal }: CliContext,
): Promise<number> {
  if (json) printJson(stdout, await started.snapshot({ signal }));
  else stdout.write(`${started.runId}\n`);
  stderr.write(`It goes on at the server: fast-scanner runs show ${started.runId}\n`);
  return EXIT_CODES.ok;
}
