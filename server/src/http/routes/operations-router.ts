import type { Router } from 'express';
import type { Metrics } from '../../ops/metrics.ts';
import type { Readiness } from '../../ops/readiness.ts';
import { createAsyncApiDocument } from '../documents/asyncapi-document.ts';
import { createOpenApiDocument } from '../documents/openapi-document.ts';
import { API_CONTRACTS } from './api-contracts.ts';
import { OPERATIONS_ROUTES as routes } from './operations-routes.ts';
import { RouteTable } from './route-table.ts';

/** Whether the process lives and should be given work: always answered, without a token. */
export function createHealthRouter(readiness: Readiness): Router {
  return new RouteTable()
    .add(routes.health, async () => ({ status: 'ok' }) as const)
    .add(routes.readiness, async (_input, _request, response) => {
      const report = await readiness.report();
      response.status(report.status === 'ready' ? 200 : 503);
      return report;
    })
    .toRouter();
}

/** The contract as documents. They are no secret. Made when first asked for. */
export function createDocumentsRouter(): Router {
  const contracts = [...API_CONTRACTS, ...Object.values(routes)];
  let openApi: ReturnType<typeof createOpenApiDocument> | null = null;
  let asyncApi: ReturnType<typeof createAsyncApiDocument> | null = null;
  return new RouteTable()
    .add(routes.openApi, async () => {
      openApi ??= createOpenApiDocument(contracts);
      return { ...openApi };
    })
    .add(routes.asyncApi, async () => {
      asyncApi ??= createAsyncApiDocument();
      return asyncApi;
    })
    .toRouter();
}

export function createMetricsRouter({ registry }: Metrics): Router {
  return new RouteTable()
    .add(routes.metrics, async (_input, _request, response) => {
      response.set('Content-Type', registry.contentType).send(await registry.metrics());
      return undefined;
    })
    .toRouter();
}
