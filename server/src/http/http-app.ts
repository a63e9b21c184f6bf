import { type Clock, ScannerError } from '@fast-scanner/shared';
import express, { type RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { AccessTokens } from '../ops/access/access-tokens.ts';
import { HostGuard } from '../ops/access/host-guard.ts';
import { OriginGuard } from '../ops/access/origin-guard.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Readiness } from '../ops/readiness.ts';
import type { MarketService } from '../prices/market-service.ts';
import type { ContinuousService } from '../scanners/continuous/continuous-service.ts';
import type { FastScannerService } from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { MarketScanService } from '../scanners/market-scan/market-scan-service.ts';
import type { ModelsService } from '../scanners/models/models-service.ts';
import type { OutcomesService } from '../scanners/outcomes/outcomes-service.ts';
import type { ScanRunsService } from '../scanners/scan-runs/scan-runs-service.ts';
import type { EventLog } from '../streams/event-log.ts';
import type { WebhooksService } from '../webhooks/webhooks-service.ts';
import { countWork } from './count-work.ts';
import { SseStreams } from './events/sse-streams.ts';
import { createCors } from './middleware/cors.ts';
import {
  createChangeGuard,
  createDrainGuard,
  createIdentification,
  createSourceGuard,
  requireRole,
} from './middleware/guards.ts';
import { createJsonBody } from './middleware/json-body.ts';
import { createRateLimiter, DEFAULT_REQUESTS_PER_MINUTE } from './middleware/rate-limit.ts';
import { createSecurityHeaders } from './middleware/security-headers.ts';
import { RequestTracker } from './middleware/track-requests.ts';
import { DashboardFiles } from './pages/dashboard-files.ts';
import { createDashboardRouter } from './pages/dashboard-page.ts';
import { createDocsRouter } from './pages/docs-page.ts';
import { createLandingRouter } from './pages/landing-page.ts';
import { createProblemHandler } from './problem-response.ts';
import { API_CONTRACTS } from './routes/api-contracts.ts';
import { createContinuousRouter } from './routes/continuous-router.ts';
import { createFastScannerRouter } from './routes/fast-scanner-router.ts';
import { createMarketRouter } from './routes/market-router.ts';
import { createMarketScanRouter, type RenderMarketScanReport } from './routes/market-scan-router.ts';
import { createModelRouter } from './routes/model-router.ts';
import {
  createDocumentsRouter,
  createHealthRouter,
  createMetricsRouter,
} from './routes/operations-router.ts';
import { createOutcomeRouter } from './routes/outcome-router.ts';
import { createRunRouter } from './routes/run-router.ts';
import { createWebhookRouter } from './routes/webhook-router.ts';

export interface HttpAppOptions {
  readonly scanner: FastScannerService;
  readonly runs: ScanRunsService;
  readonly marketScans: MarketScanService;
  readonly continuous: ContinuousService;
  readonly outcomes: OutcomesService;
  readonly models: ModelsService;
  readonly webhooks: WebhooksService;
  readonly renderMarketScanReport: RenderMarketScanReport;
  readonly market: MarketService;
  readonly eventLog: EventLog;
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly clock: Clock;
  /** Per token and address. Default 600. */
  readonly requestsPerMinute?: number;
  /** Folder of the built dashboard. Without one, or when nothing was built there, `/` says what the API has. */
  readonly webDir?: string | undefined;
}

export interface HttpApp {
  readonly handler: express.Express;
  /** Ends the event streams and waits for the answers under way. Idempotent. */
  close(): Promise<void>;
}

/** The HTTP window: who may come in, then what may be asked. The order of the parts is the order of their checks. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { config, logger, metrics, readiness, requestsPerMinute = DEFAULT_REQUESTS_PER_MINUTE } = options;
  const tracker = new RequestTracker(options);
  const limiter = createRateLimiter(requestsPerMinute);
  const streams = new SseStreams(options);
  const stopCounting = countWork(options);
  const origins = new OriginGuard(config.allowedOrigins);
  const app = express()
    .disable('x-powered-by')
    .disable('etag')
    .set('query parser', 'simple')
    .use(tracker.handler, createSecurityHeaders(), noStore)
    .use(createSourceGuard(new HostGuard(config), origins), createCors(origins))
    .use(createHealthRouter(readiness))
    .use(createFrontPage(options))
    .use(createIdentification(new AccessTokens(config)), limiter.handler)
    .use(createDocsRouter(), createDocumentsRouter())
    .use(requireRole, createMetricsRouter(metrics))
    .use(createDrainGuard(readiness), createJsonBody())
    .use(createFastScannerRouter({ ...options, streams }))
    .use(createWebhookRouter(options.webhooks))
    .use(createRunRouter({ ...options, streams, changeGuard: createChangeGuard(origins) }))
    .use(createMarketScanRouter({ ...options, streams }))
    .use(createContinuousRouter(options.continuous))
    .use(createModelRouter(options.models))
    .use(createOutcomeRouter(options.outcomes))
    .use(createMarketRouter(options.market))
    .use(notFound)
    .use(createProblemHandler(logger));
  return {
    handler: app,
    close: async () => {
      stopCounting();
      limiter.close();
      await streams.close();
      await tracker.finish();
    },
  };
}

/** The dashboard, or what stands in for it. Its files stand before the rate limit: a page loads many at once. */
function createFrontPage({ webDir, config }: HttpAppOptions): express.Router {
  const files = webDir === undefined ? null : DashboardFiles.open(webDir);
  if (files) return createDashboardRouter(files);
  return createLandingRouter({ ...config, contracts: API_CONTRACTS });
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const notFound: RequestHandler = ({ method, path }) => {
  throw new ScannerError('not_found', `nothing answers ${method} ${path.slice(0, 200)}`);
};
