import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { findRunId } from './find-run-id.ts';

export interface CancelRunOptions extends ServerOptions {
  readonly json?: boolean;
}

/** Ends a run; answers the exit code. One that has ended already is as well. */
export async function cancelRun(id: string, options: CancelRunOptions, context: CliContext): Promise<number> {
  const { stdout, signal } = context;
  try {
    const answer = await withServer(options, context, {
      resumes: 'runs', // else one that an earlier process left behind could not be told to end
      work: async (client) => client.runs.cancel(await findRunId(client, id, signal), { signal }),
    });
    if (options.json) printJson(stdout, answer);
    else stdout.write(`${answer.message}: ${answer.run_id} (${answer.status})\n`);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}
