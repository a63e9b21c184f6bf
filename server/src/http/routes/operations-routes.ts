import { healthSchema, readinessSchema } from '@fast-scanner/shared';
import { z } from 'zod';
import type { RouteContract } from './route-contract.ts';

const tag = 'Operations';

/** Every route of the operations side. The pages `/` and `/docs` are for people and not part of the contract. */
export const OPERATIONS_ROUTES = {
  health: {
    method: 'get',
    path: '/healthz',
    operationId: 'getHealth',
    tag,
    summary: 'Whether the process is alive',
    answer: healthSchema,
    errors: [],
  },
  readiness: {
    method: 'get',
    path: '/readyz',
    operationId: 'getReadiness',
    tag,
    summary: 'Whether the process should be given work',
    answer: readinessSchema,
    otherAnswers: { 503: 'A part is not ready, or the process is draining' },
    errors: [],
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    operationId: 'getMetrics',
    tag,
    summary: 'Metrics for Prometheus',
    answer: z.string(),
    mediaType: 'text/plain',
    errors: [],
  },
  openApi: {
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    tag,
    summary: 'This document',
    answer: z.looseObject({ openapi: z.string() }),
    errors: [],
  },
  asyncApi: {
    method: 'get',
    path: '/asyncapi.json',
    operationId: 'getAsyncApi',
    tag,
    summary: 'The Socket.IO events as AsyncAPI 3',
    answer: z.looseObject({ asyncapi: z.string() }),
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
