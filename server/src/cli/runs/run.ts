import type { Run, RunRequest, ScannerClient } from '@fast-scanner/client';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { isStop, reportFailure } from '../server/report-failure.ts';
import { withServer } from '../server/with-server.ts';
import { followRun } from './follow-run.ts';
import { planRun } from './plan-run.ts';
import { reportRun } from './report-run.ts';
import type { RunOptions } from './run-options.ts';

const DETACH_DEMAND =
  '--detach needs a server, as without one the run would end with this command; start one with `fast-scanner serve`, or leave --detach out';

/** Starts a scan run and, unless detached, waits for its end; answers the exit code. */
export async function run(options: RunOptions, context: CliContext): Promise<number> {
  try {
    const request = planRun(options);
    return await withServer(options, context, {
      work: async (client) => {
        const started = await start(request, client, context);
        if (options.detach) return detach(started, options, context);
        const title = `Run (${options.mode})`;
        return reportRun(await followRun({ run: started, client, title }, context), options, context);
      },
      ...(options.detach ? { demand: DETACH_DEMAND } : {}),
    });
  } catch (error) {
    if (isStop(error, context)) context.stderr.write('The run was stopped before it began.\n');
    return reportFailure(error, options, context);
  }
}

async function start(
  request: RunRequest,
  client: ScannerClient,
  { stderr, signal }: CliContext,
): Promise<Run> {
  signal.throwIfAborted();
  // Not ended by Ctrl-C: a run that was accepted all the same could not be cancelled any more.
  const started = await client.runs.start(request);
  stderr.write(`Run ${started.runId}\n`);
  return started;
}

async function detach(started: Run, { json }: RunOptions, { stdout, stderr }: CliContext): Promise<number> {
  if (json) printJson(stdout, await started.snapshot());
  else stdout.write(`${started.runId}\n`);
  stderr.write(`It goes on at the server: fast-scanner runs show ${started.runId}\n`);
  return EXIT_CODES.ok;
}
