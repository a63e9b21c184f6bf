import type { CliContext } from '../cli-context.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { findJobId } from './find-job-id.ts';

/** Ends a market scan or sweep; answers the exit code. One that has ended already is as well. */
export function cancelJob(id: string, options: AnswerOptions, context: CliContext): Promise<number> {
  const { stdout, signal } = context;
  return printAnswer(options, context, {
    resumes: 'marketScans', // else one that an earlier process left behind could not be told to end
    work: async (client) => client.marketScans.cancel(await findJobId(client, id, signal), { signal }),
    print: ({ message, job_id, status }) => stdout.write(`${message}: ${job_id} (${status})\n`),
  });
}
