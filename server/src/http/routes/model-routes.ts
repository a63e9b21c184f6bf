import {
  modelsQuerySchema,
  modelsResponseSchema,
  trainModelRequestSchema,
  trainModelResponseSchema,
} from '@fast-scanner/shared';
import { EXCHANGE_ERRORS } from './exchange-errors.ts';
import type { RouteContract } from './route-contract.ts';

const tag = 'Prediction';
const PATH = '/api/models';

/** Every route of the prediction models. */
export const MODEL_ROUTES = {
  models: {
    method: 'get',
    path: PATH,
    operationId: 'listModels',
    tag,
    summary: 'The prediction models: what each has learned from, how it did out of sample, what it looks at',
    query: modelsQuerySchema,
    answer: modelsResponseSchema,
    errors: [],
  },
  train: {
    method: 'post',
    path: `${PATH}/train`,
    operationId: 'trainModel',
    tag,
    summary: 'Train a model now instead of when it is due, once per closed candle',
    body: trainModelRequestSchema,
    answer: trainModelResponseSchema,
    status: 202,
    errors: ['conflict', ...EXCHANGE_ERRORS],
  },
} as const satisfies Record<string, RouteContract>;
