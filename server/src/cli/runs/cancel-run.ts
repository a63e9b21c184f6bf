import type { CliContext } from '../cli-context.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { findRunId } from './find-run-id.ts';

/** Ends a run; answers the exit code. One that has ended already is as well. */
export function cancelRun(id: string, options: AnswerOptions, context: CliContext): Promise<number> {
  const { stdout, signal } = context;
  return printAnswer(options, context, {
    resumes: 'runs', // else one that an earlier process left behind could not be told to end
    work: async (client) => client.runs.cancel(await findRunId(client, id, signal), { signal }),
    print: ({ message, run_id, status }) => stdout.write(`${message}: ${run_id} (${status})\n`),
  });
}
