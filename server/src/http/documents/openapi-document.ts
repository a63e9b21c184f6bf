import { OpenAPIRegistry, OpenApiGeneratorV31, zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import {
  alertRuleSchema,
  alertSchema,
  alertVerdictSchema,
  continuousConfigSchema,
  continuousSignalSchema,
  curveStatisticsSchema,
  deepAnalysisSchema,
  ERROR_CODES,
  type ErrorCode,
  macroStatisticsSchema,
  marketJobSchema,
  marketScanRequestSchema,
  marketScanResultResponseSchema,
  marketStateSchema,
  modelEntrySchema,
  portfolioSchema,
  problemSchema,
  quickScanRequestSchema,
  quickSignalSchema,
  runMetadataSchema,
  runRejectionsSchema,
  runRequestSchema,
  runSignalSchema,
  runSummarySchema,
  scannerStatusSchema,
  scanResultSchema,
  scanSummarySchema,
  scheduleSchema,
  signalChangeSchema,
  signalLabelSchema,
  startContinuousRequestSchema,
  stockFailureSchema,
  stockResultSchema,
  streamStateSchema,
  sweepRequestSchema,
  sweepResultResponseSchema,
  symbolFailureSchema,
  WEBHOOK_HEADERS,
  webhookPayloadSchema,
  webhookSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import type { RouteContract } from '../routes/route-contract.ts';

/** Schemas that get a name of their own instead of being written out wherever they occur. */
const NAMED_SCHEMAS = {
  Alert: alertSchema,
  AlertRule: alertRuleSchema,
  AlertVerdict: alertVerdictSchema,
  ContinuousConfig: continuousConfigSchema,
  ContinuousSignal: continuousSignalSchema,
  CurveStatistics: curveStatisticsSchema,
  DeepAnalysis: deepAnalysisSchema,
  MacroStatistics: macroStatisticsSchema,
  MarketJob: marketJobSchema,
  MarketScanRequest: marketScanRequestSchema,
  MarketScanResult: marketScanResultResponseSchema,
  MarketState: marketStateSchema,
  Portfolio: portfolioSchema,
  PredictionModel: modelEntrySchema,
  Problem: problemSchema,
  QuickScanRequest: quickScanRequestSchema,
  QuickSignal: quickSignalSchema,
  RunMetadata: runMetadataSchema,
  RunRejections: runRejectionsSchema,
  RunRequest: runRequestSchema,
  RunSignal: runSignalSchema,
  RunSummary: runSummarySchema,
  ScannerStatus: scannerStatusSchema,
  ScanResult: scanResultSchema,
  ScanSummary: scanSummarySchema,
  Schedule: scheduleSchema,
  SignalChange: signalChangeSchema,
  SignalLabel: signalLabelSchema,
  StartContinuousRequest: startContinuousRequestSchema,
  StockFailure: stockFailureSchema,
  StockResult: stockResultSchema,
  StreamState: streamStateSchema,
  SweepRequest: sweepRequestSchema,
  SweepResult: sweepResultResponseSchema,
  SymbolFailure: symbolFailureSchema,
  Webhook: webhookSchema,
} as const;

const DEPRECATION_HEADERS = {
  Deprecation: 'Since when the route should not be used any more: @ and Unix seconds (RFC 9745)',
  Link: 'What to use instead: rel="successor-version"',
};

const COMMON_ERRORS: readonly ErrorCode[] = [
  'unauthorized',
  'forbidden_host',
  'too_many_requests',
  'internal',
  'unavailable',
];

const BINARY = { type: 'string', format: 'binary' } as const;

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** OpenAPI 3.1 of the routes, from the schemas that validate them. */
export function createOpenApiDocument(contracts: readonly RouteContract[]): OpenApiDocument {
  nameSchemas();
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  for (const contract of contracts) registry.registerPath(toPath(contract));
  registry.registerWebhook(webhookDelivery());
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Fast Scanner',
      version: manifest.version,
      description: 'Real-time market scanner. Live events come over Socket.IO, described at /asyncapi.json.',
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
  });
}

/** What this server posts to others. */
function webhookDelivery(): Parameters<OpenAPIRegistry['registerWebhook']>[0] {
  const { event, delivery, signature } = WEBHOOK_HEADERS;
  const text = (description: string) => z.string().meta({ description });
  return {
    method: 'post',
    path: 'alert',
    operationId: 'receiveAlert',
    summary: 'An alert, or a test. A delivery may come more than once: tell repetitions by its id',
    request: {
      headers: z.object({
        [event]: z.enum(['alert', 'test']),
        [delivery]: text('Id of the delivery, the same in every attempt'),
        [signature]: text('t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">, with a secret').optional(),
      }),
      body: { content: { 'application/json': { schema: webhookPayloadSchema } } },
    },
    responses: {
      '2XX': { description: 'Taken' },
      408: {
        description:
          'Tried again later, as after 429 (heeding Retry-After) and 5xx; every other status is final',
      },
    },
  };
}

function nameSchemas(): void {
  for (const [refId, schema] of Object.entries(NAMED_SCHEMAS)) {
    if (!zodToOpenAPIRegistry.has(schema)) zodToOpenAPIRegistry.add(schema, { _internal: { refId } });
  }
}

function toPath(contract: RouteContract): Parameters<OpenAPIRegistry['registerPath']>[0] {
  const { method, path, operationId, tag, summary, params, query, body, idempotent, deprecated } = contract;
  return {
    method,
    path,
    operationId,
    tags: [tag],
    summary,
    ...(deprecated && { deprecated: true }),
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body: { content: { 'application/json': { schema: body } } } }),
      ...(idempotent && { headers: idempotencyHeader }),
    },
    responses: { ...successes(contract), ...failures(contract) },
  };
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z.string().max(128).optional().meta({ description: 'The same key gives the same job' }),
});

function successes(contract: RouteContract) {
  const { summary, answer, mediaType = 'application/json', otherAnswers = {} } = contract;
  const { alsoAs = [], files = [] } = contract;
  const content = {
    [mediaType]: { schema: answer },
    ...Object.fromEntries(alsoAs.map((type) => [type, { schema: z.string() }])),
    ...Object.fromEntries(files.map((type) => [type, { schema: BINARY }])),
  };
  const others = Object.entries(otherAnswers).map(
    ([status, description]) => [status, { description }] as const,
  );
  return {
    [contract.status ?? 200]: {
      description: summary,
      content,
      ...headersOf(contract),
    },
    ...Object.fromEntries(others),
  };
}

function headersOf({ headers = {}, deprecated }: RouteContract) {
  const all = { ...headers, ...(deprecated && DEPRECATION_HEADERS) };
  if (Object.keys(all).length === 0) return {};
  const entries = Object.entries(all).map(
    ([name, description]) => [name, { description, schema: { type: 'string' as const } }] as const,
  );
  return { headers: Object.fromEntries(entries) };
}

function failures(contract: RouteContract) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(contract)) {
    const { status } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: problemSchema } };
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !contract.otherAnswers?.[status])
      .map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  );
}

/** Every code a route may answer with. */
function codesOf({ method, body, changes, errors }: RouteContract): ReadonlySet<ErrorCode> {
  const change: ErrorCode[] = method === 'get' && !changes ? [] : ['forbidden_origin', 'forbidden_role'];
  const bodies: ErrorCode[] = body ? ['payload_too_large', 'unsupported_media_type'] : [];
  return new Set<ErrorCode>(['invalid_input', ...COMMON_ERRORS, ...change, ...bodies, ...errors]);
}
