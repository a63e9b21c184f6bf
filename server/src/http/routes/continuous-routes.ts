import {
  confluenceQuerySchema,
  continuousSignalsQuerySchema,
  continuousSignalsResponseSchema,
  continuousStatusResponseSchema,
  marketStateResponseSchema,
  startContinuousRequestSchema,
  startContinuousResponseSchema,
  stopContinuousResponseSchema,
  symbolSchema,
  timeframeConfluenceResponseSchema,
  trainingDataQuerySchema,
  trainingDataResponseSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import { EXCHANGE_ERRORS } from './exchange-errors.ts';
import type { RouteContract } from './route-contract.ts';

const tag = 'Continuous scanner';
const PATH = '/api/scanner/continuous';
const symbolParams = z.object({ symbol: symbolSchema });

/** Every route of the continuous scanner. */
export const CONTINUOUS_ROUTES = {
  start: {
    method: 'post',
    path: `${PATH}/start`,
    operationId: 'startContinuous',
    tag,
    summary: 'Follow symbols on several timeframes until it is stopped, also across restarts of the server',
    body: startContinuousRequestSchema,
    answer: startContinuousResponseSchema,
    errors: ['conflict', ...EXCHANGE_ERRORS, 'no_data', 'disk_full'],
  },
  stop: {
    method: 'post',
    path: `${PATH}/stop`,
    operationId: 'stopContinuous',
    tag,
    summary: 'Stop it; harmless when it does not run',
    answer: stopContinuousResponseSchema,
    errors: ['disk_full'],
  },
  status: {
    method: 'get',
    path: `${PATH}/status`,
    operationId: 'getContinuousStatus',
    tag,
    summary: 'Whether it runs, what it follows and how each of its streams fares',
    answer: continuousStatusResponseSchema,
    errors: [],
  },
  signals: {
    method: 'get',
    path: `${PATH}/signals`,
    operationId: 'listContinuousSignals',
    tag,
    summary: 'Its newest signals, newest first, also of a scanner that was stopped',
    query: continuousSignalsQuerySchema,
    answer: continuousSignalsResponseSchema,
    errors: [],
  },
  confluence: {
    method: 'get',
    path: `${PATH}/confluence/{symbol}`,
    operationId: 'getContinuousConfluence',
    tag,
    summary: 'Whether the timeframes of a symbol agree; BTC/USDT and BTC%2FUSDT both work',
    params: symbolParams,
    query: confluenceQuerySchema,
    answer: timeframeConfluenceResponseSchema,
    errors: ['not_found', 'exchange_unknown', 'exchange_unavailable'],
  },
  marketState: {
    method: 'get',
    path: `${PATH}/market-state`,
    operationId: 'getMarketState',
    tag,
    summary: 'Breadth and volatility of the followed symbols as last read',
    answer: marketStateResponseSchema,
    errors: ['not_found'],
  },
  trainingData: {
    method: 'get',
    path: '/api/scanner/training-data/{symbol}',
    operationId: 'getTrainingData',
    tag,
    summary:
      'What was collected of a symbol: everything as JSON, or the candles of one timeframe as a Parquet file',
    params: symbolParams,
    query: trainingDataQuerySchema,
    answer: trainingDataResponseSchema,
    files: ['application/vnd.apache.parquet'],
    errors: ['not_found', 'exchange_unknown', 'exchange_unavailable', 'disk_full'],
  },
} as const satisfies Record<string, RouteContract>;
