import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from './report-failure.ts';
import { type ServerOptions, type ServerUse, withServer } from './with-server.ts';

export interface AnswerOptions extends ServerOptions {
  /** The answer as it is, one JSON document. */
  readonly json?: boolean;
}

interface AnswerUse<Answer> extends ServerUse<Answer> {
  /** Writes the answer for people. */
  readonly print: (answer: Answer) => void;
}

/** Asks the server and prints what it answers, or why it does not; answers the exit code. */
export async function printAnswer<Answer extends object>(
  options: AnswerOptions,
  context: CliContext,
  { print, ...use }: AnswerUse<Answer>,
): Promise<number> {
  try {
    const answer = await withServer(options, context, use);
    if (options.json) printJson(context.stdout, answer);
    else print(answer);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}
