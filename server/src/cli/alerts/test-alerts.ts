import type { AlertPreviewResponse, Timeframe, WebhookTestResponse } from '@fast-scanner/shared';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createPaint } from '../palette.ts';
import { printJson } from '../print-json.ts';
import { reportFailure } from '../server/report-failure.ts';
import { type ServerOptions, withServer } from '../server/with-server.ts';
import { renderCounts, renderVerdicts } from './verdict-tables.ts';

/** What `fast-scanner alerts test` was asked. */
export interface TestAlertsOptions extends ServerOptions {
  readonly symbol?: string;
  readonly exchange?: string;
  readonly timeframe?: Timeframe;
  readonly all?: boolean;
  readonly webhook?: string;
  readonly json?: boolean;
}

interface TestedAlerts {
  readonly preview: AlertPreviewResponse;
  /** `null` when none was asked for. */
  readonly delivery: WebhookTestResponse | null;
}

/** Tries the rules on the newest scan, and a webhook if one is named; answers the exit code: one that cannot be reached is a failure. */
export async function testAlerts(options: TestAlertsOptions, context: CliContext): Promise<number> {
  const { url: _url, json, all: _all, webhook, ...query } = options;
  const { stdout, signal } = context;
  try {
    const tested = await withServer(options, context, {
      work: async (client): Promise<TestedAlerts> => ({
        preview: await client.previewAlerts(query, { signal }),
        delivery: webhook === undefined ? null : await client.webhooks.test(webhook, { signal }),
      }),
    });
    if (json) printJson(stdout, tested);
    else print(tested, options, context);
    return tested.delivery?.delivered === false ? EXIT_CODES.failed : EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, options, context);
  }
}

function print({ preview, delivery }: TestedAlerts, options: TestAlertsOptions, context: CliContext): void {
  const { stdout, stderr } = context;
  if (preview.reason === null) printPreview(preview, options, context);
  else stderr.write(`There is nothing to try the rules on: ${preview.reason}.\n`);
  if (!delivery) return;
  const { id, delivered, detail, durationMs, deliveryId } = delivery;
  const outcome = delivered ? 'has taken the test' : 'has not taken the test';
  stdout.write(`\nWebhook ${id} ${outcome}: ${detail} (${durationMs} ms, ${deliveryId}).\n`);
}

function printPreview(preview: AlertPreviewResponse, options: TestAlertsOptions, context: CliContext): void {
  const { stdout, stderr } = context;
  const { verdicts, scanId, previousScanId, count } = preview;
  const paint = createPaint(context);
  const isEverything = options.all === true || options.symbol !== undefined;
  const near = verdicts.filter(({ outcome }) => ['fires', 'already_fired', 'cooldown'].includes(outcome));
  const shown = isEverything ? verdicts : near;
  const fires = `${count === 0 ? 'nothing fires' : `${count} ${count === 1 ? 'alert fires' : 'alerts fire'}`}`;
  stdout.write(`\nScan ${scanId} after ${previousScanId}: ${fires}.\n`);
  if (shown.length > 0) stdout.write(renderVerdicts(shown, paint));
  stdout.write(renderCounts(verdicts, paint));
  if (!isEverything) stderr.write('With --all each symbol is listed with what it lacks.\n');
}
