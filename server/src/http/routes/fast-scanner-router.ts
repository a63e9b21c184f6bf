import { ScannerError } from '@fast-scanner/shared';
import type { Router } from 'express';
import { type FastScannerService, scanStreamId } from '../../scanners/fast-scanner/fast-scanner-service.ts';
import {
  createStreamEventsHandler,
  type LoggedRecord,
  type StreamEventsOptions,
} from '../events/stream-events.ts';
import { FAST_SCANNER_ROUTES as routes } from './fast-scanner-routes.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import { RouteTable } from './route-table.ts';

export interface FastScannerRouterOptions extends StreamEventsOptions {
  readonly scanner: FastScannerService;
}

/** The fast scanner over HTTP. A client that goes away does not cancel its scan. */
export function createFastScannerRouter(options: FastScannerRouterOptions): Router {
  const { scanner } = options;
  return new RouteTable()
    .add(routes.quickScan, async ({ body }, request) => {
      const { quickScan } = await scanner.start(body, parseIdempotencyKey(request));
      return quickScan;
    })
    .add(routes.results, ({ query }) => scanner.results(query))
    .add(routes.symbol, ({ params, query }) => scanner.symbol(params.symbol, query))
    .add(routes.scanStatus, () => scanner.scanStatus())
    .add(routes.scans, ({ query }) => scanner.scans(query))
    .add(routes.scan, ({ params }) => scanner.scan(params.scanId))
    .add(routes.cancelScan, ({ params }) => scanner.cancel(params.scanId))
    .add(
      routes.scanEvents,
      createStreamEventsHandler(options, ({ scanId }) => find(scanner, scanId)),
    )
    .add(routes.scanDiff, ({ params }) => scanner.diff(params.scanId, params.otherScanId))
    .add(routes.changes, ({ query }) => scanner.changes(query))
    .add(routes.schedule, () => scanner.schedule())
    .add(routes.updateSchedule, ({ body }) => scanner.updateSchedule(body))
    .add(routes.alerts, ({ query }) => scanner.alerts(query))
    .add(routes.alertRules, () => scanner.alertRules())
    .add(routes.updateAlertRules, ({ body }) => scanner.updateAlertRules(body))
    .add(routes.previewAlerts, ({ query }) => scanner.previewAlerts(query))
    .toRouter();
}

async function find(scanner: FastScannerService, scanId: string): Promise<LoggedRecord<{ scanId: string }>> {
  const summary = await scanner.summary(scanId);
  if (summary === null) throw new ScannerError('not_found', `there is no scan ${scanId}`);
  return { streamId: scanStreamId(scanId), id: { scanId }, summary };
}
