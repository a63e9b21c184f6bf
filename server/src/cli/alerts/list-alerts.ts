import type { AlertsResponse, Timeframe } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { createPaint } from '../palette.ts';
import { type AnswerOptions, printAnswer } from '../server/print-answer.ts';
import { renderAlerts } from './alert-table.ts';

/** What `fast-scanner alerts list` was asked. */
export interface ListAlertsOptions extends AnswerOptions {
  readonly symbol?: string;
  readonly exchange?: string;
  readonly timeframe?: Timeframe;
  readonly limit: number;
}

/** Prints the alerts that fired, newest first; answers the exit code. */
export function listAlerts(options: ListAlertsOptions, context: CliContext): Promise<number> {
  const { url: _, json: __, ...query } = options;
  const { signal } = context;
  return printAnswer(options, context, {
    work: (client) => client.alerts(query, { signal }),
    print: (answer) => print(answer, options, context),
  });
}

function print({ alerts }: AlertsResponse, { limit }: ListAlertsOptions, context: CliContext): void {
  const { stdout, stderr } = context;
  if (alerts.length === 0) stderr.write('There are no such alerts.\n');
  else stdout.write(renderAlerts(alerts, createPaint(context)));
  if (alerts.length === limit) stderr.write(`These are the newest ${limit}; there may be more (--limit).\n`);
}
