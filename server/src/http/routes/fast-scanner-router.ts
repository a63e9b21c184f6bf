import type { Router } from 'express';
import type { FastScannerService } from '../../scanners/fast-scanner/fast-scanner-service.ts';
import { createScanEventsHandler, type ScanEventsOptions } from '../events/scan-events.ts';
import { parseHeader } from '../parse-input.ts';
import { FAST_SCANNER_ROUTES as routes } from './fast-scanner-routes.ts';
import { RouteTable } from './route-table.ts';

export interface FastScannerRouterOptions extends ScanEventsOptions {
  readonly scanner: FastScannerService;
}

const IDEMPOTENCY_KEY = { pattern: /^[\x21-\x7e]{1,128}$/, expected: '1 to 128 visible ASCII characters' };

/** The fast scanner over HTTP. A client that goes away does not cancel its scan. */
export function createFastScannerRouter(options: FastScannerRouterOptions): Router {
  const { scanner } = options;
  return new RouteTable()
    .add(routes.quickScan, async ({ body }, { headers }) => {
      const idempotencyKey = parseHeader(headers, 'Idempotency-Key', IDEMPOTENCY_KEY);
      const { quickScan } = await scanner.start(body, idempotencyKey === undefined ? {} : { idempotencyKey });
      return quickScan;
    })
    .add(routes.results, ({ query }) => scanner.results(query))
    .add(routes.symbol, ({ params, query }) => scanner.symbol(params.symbol, query))
    .add(routes.scanStatus, () => scanner.scanStatus())
    .add(routes.scans, ({ query }) => scanner.scans(query))
    .add(routes.scan, ({ params }) => scanner.scan(params.scanId))
    .add(routes.cancelScan, ({ params }) => scanner.cancel(params.scanId))
    .add(routes.scanEvents, createScanEventsHandler(options))
    .add(routes.scanDiff, ({ params }) => scanner.diff(params.scanId, params.otherScanId))
    .add(routes.schedule, () => scanner.schedule())
    .add(routes.updateSchedule, ({ body }) => scanner.updateSchedule(body))
    .add(routes.alerts, ({ query }) => scanner.alerts(query))
    .add(routes.alertRules, () => scanner.alertRules())
    .add(routes.updateAlertRules, ({ body }) => scanner.updateAlertRules(body))
    .toRouter();
}
