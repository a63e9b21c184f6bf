import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { renderRules } from './rule-table.ts';

/** What `fast-scanner alerts rules` was asked. */
export interface ListRulesOptions extends ServerOptions {
  readonly json?: boolean;
}

/** Prints the alert rules; answers the exit code. */
export async function listRules(options: ListRulesOptions, context: CliContext): Promise<number> {
  const { stdout, stderr, signal } = context;
  try {
    const answer = await withServer(options, context, { work: (client) => client.alertRules({ signal }) });
    if (options.json) printJson(stdout, answer);
    else if (answer.rules.length === 0) stderr.write('There are no rules, so that nothing gives an alert.\n');
    else stdout.write(renderRules(answer.rules, createPaint(context)));
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}
