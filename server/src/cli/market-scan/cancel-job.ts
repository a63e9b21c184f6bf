import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { findJobId } from './find-job-id.ts';

/** What `fast-scanner market-scan cancel` was asked. */
export interface CancelJobOptions extends ServerOptions {
  readonly json?: boolean;
}

/** Ends a market scan or sweep; answers the exit code. One that has ended already is as well. */
export async function cancelJob(id: string, options: CancelJobOptions, context: CliContext): Promise<number> {
  const { stdout, signal } = context;
  try {
    const answer = await withServer(options, context, {
      resumes: 'marketScans', // else one that an earlier process left behind could not be told to end
      work: async (client) => client.marketScans.cancel(await findJobId(client, id, signal), { signal }),
    });
    if (options.json) printJson(stdout, answer);
    else stdout.write(`${answer.message}: ${answer.job_id} (${answer.status})\n`);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}
