import {
  type MarketJob,
  type MarketScanResult,
  type MarketScanResultResponse,
  ScannerError,
  type StartMarketScanResponse,
  stockResultSchema,
} from '@fast-scanner/shared';
import type { Response, Router } from 'express';
import {
  type MarketScanService,
  marketScanStreamId,
} from '../../scanners/market-scan/market-scan-service.ts';
import {
  createEventStreamHandler,
  type LoggedRecord,
  type StreamEventsOptions,
} from '../events/stream-events.ts';
import { toCsv } from '../to-csv.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import { MARKET_SCAN_ROUTES as routes } from './market-scan-routes.ts';
import type { RouteContract } from './route-contract.ts';
import { RouteTable } from './route-table.ts';
import { signalOfLeaving } from './signal-of-leaving.ts';

export interface MarketScanRouterOptions extends StreamEventsOptions {
  readonly marketScans: MarketScanService;
  readonly renderMarketScanReport: RenderMarketScanReport;
}

/** Makes the page of a completed scan: HTML with its styles within, without scripts. */
export type RenderMarketScanReport = (result: MarketScanResult, job: MarketJob) => string;

/** The report may have styles of its own and load nothing. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Market scans and sweeps over HTTP. A client that goes away cancels only the scan whose result it waits for. */
export function createMarketScanRouter(options: MarketScanRouterOptions): Router {
  const { marketScans, streams, renderMarketScanReport } = options;
  // Every fixed path stands before `/market-scan/{jobId}`, which would match it too.
  return new RouteTable()
    .add(routes.start, async ({ body }, request, response) =>
      located(response, await marketScans.start(body, parseIdempotencyKey(request))),
    )
    .add(routes.startStream, async ({ body }, request, response) => {
      await streams.serve(response, async () => {
        const { job_id } = await marketScans.start(body, parseIdempotencyKey(request));
        const { streamId } = await find(marketScans, job_id);
        response.location(addressOf(routes.stream, job_id));
        return { streamId, afterSeq: 0 };
      });
      return undefined;
    })
    .add(routes.startSweep, async ({ body }, request, response) =>
      located(response, await marketScans.startSweep(body, parseIdempotencyKey(request))),
    )
    .add(routes.scanNow, ({ body }, _request, response) =>
      marketScans.scanNow(body, signalOfLeaving(response)),
    )
    .add(routes.jobs, ({ query }) => marketScans.jobs(query))
    .add(routes.strategies, async () => marketScans.strategies())
    .add(
      routes.stream,
      createEventStreamHandler(options, ({ jobId }) => find(marketScans, jobId)),
    )
    .add(routes.status, async ({ params }) => ({
      success: true as const,
      ...(await findJob(marketScans, params.jobId)),
    }))
    .add(routes.result, async ({ params, query }, _request, response) => {
      const result = await marketScans.result(params.jobId);
      if (query.format === 'json') return result;
      sendCsv(response, result);
      return undefined;
    })
    .add(routes.report, async ({ params }, _request, response) => {
      const result = await marketScans.result(params.jobId);
      const page = renderMarketScanReport(result, await findJob(marketScans, params.jobId));
      response.set('Content-Security-Policy', REPORT_POLICY).type('html').send(page);
      return undefined;
    })
    .add(routes.sweepResult, ({ params }) => marketScans.sweepResult(params.jobId))
    .add(routes.cancel, ({ params }) => marketScans.cancel(params.jobId))
    .toRouter();
}

function located(response: Response, started: StartMarketScanResponse): StartMarketScanResponse {
  response.location(addressOf(routes.status, started.job_id));
  return started;
}

function addressOf({ path }: Pick<RouteContract, 'path'>, jobId: string): string {
  return path.replace('{jobId}', jobId);
}

/** @throws ScannerError `not_found` */
async function findJob(marketScans: MarketScanService, jobId: string): Promise<MarketJob> {
  const job = await marketScans.job(jobId);
  if (job === null) throw new ScannerError('not_found', `there is no market scan ${jobId}`);
  return job;
}

/** @throws ScannerError `not_found`; `gone` once the job's events have been swept with its results */
async function find(
  marketScans: MarketScanService,
  jobId: string,
): Promise<LoggedRecord<{ job_id: string }>> {
  const summary = await findJob(marketScans, jobId);
  if (!summary.details_kept) {
    throw new ScannerError('gone', `the events of market scan ${jobId} have been swept`, { summary });
  }
  return { streamId: marketScanStreamId(jobId), id: { job_id: jobId }, summary };
}

/** The stocks in the order of the result, the columns in that of the contract. */
function sendCsv(response: Response, { job_id, stock_results }: MarketScanResultResponse): void {
  const csv = toCsv(stockResultSchema.keyof().options, stock_results);
  response.attachment(`market-scan-${job_id}.csv`).type('text/csv').send(csv);
}
