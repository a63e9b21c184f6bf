import type { AlertsResponse, Timeframe } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { renderAlerts } from './alert-table.ts';

/** What `fast-scanner alerts list` was asked. */
export interface ListAlertsOptions extends ServerOptions {
  readonly symbol?: string;
  readonly exchange?: string;
  readonly timeframe?: Timeframe;
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the alerts that fired, newest first; answers the exit code. */
export async function listAlerts(options: ListAlertsOptions, context: CliContext): Promise<number> {
  const { url: _, json, ...query } = options;
  try {
    const { signal } = context;
    const answer = await withServer(options, context, { work: (client) => client.alerts(query, { signal }) });
    if (json) printJson(context.stdout, answer);
    else print(answer, options, context);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

function print({ alerts }: AlertsResponse, { limit }: ListAlertsOptions, context: CliContext): void {
  const { stdout, stderr } = context;
  if (alerts.length === 0) stderr.write('There are no such alerts.\n');
  else stdout.write(renderAlerts(alerts, createPaint(context)));
  if (alerts.length === limit) stderr.write(`These are the newest ${limit}; there may be more (--limit).\n`);
}
