import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../palette.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { renderRules } from './rule-table.ts';

/** Prints the alert rules; answers the exit code. */
export function listRules(options: AnswerOptions, context: CliContext): Promise<number> {
  const { stdout, stderr, signal } = context;
  return printAnswer(options, context, {
    work: (client) => client.alertRules({ signal }),
    print: ({ rules }) => {
      if (rules.length === 0) stderr.write('There are no rules, so that nothing gives an alert.\n');
      else stdout.write(renderRules(rules, createPaint(context)));
    },
  });
}
