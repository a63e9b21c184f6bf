import {
  replaySignalResponseSchema,
  scorecardQuerySchema,
  scorecardResponseSchema,
  signalIdSchema,
  signalsQuerySchema,
  signalsResponseSchema,
  storedSignalResponseSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import type { RouteContract } from './route-contract.ts';

const tag = 'Outcomes';
const signalParams = z.object({ signalId: signalIdSchema });

/** Every route of what was said, what became of it, and what that says of the scanner. */
export const OUTCOME_ROUTES = {
  signals: {
    method: 'get',
    path: '/api/signals',
    operationId: 'listStoredSignals',
    tag,
    summary:
      'Signals of scans, runs, the continuous scanner and replays with their outcomes, newest candle first',
    query: signalsQuerySchema,
    answer: signalsResponseSchema,
    errors: [],
  },
  signal: {
    method: 'get',
    path: '/api/signals/{signalId}',
    operationId: 'getStoredSignal',
    tag,
    summary: 'One signal: what was said, from what, and what became of it',
    params: signalParams,
    answer: storedSignalResponseSchema,
    errors: ['not_found'],
  },
  replay: {
    method: 'post',
    path: '/api/signals/{signalId}/replay',
    operationId: 'replaySignal',
    tag,
    summary: 'Compute a signal again from its candles, and say whether it comes out equal; changes nothing',
    params: signalParams,
    answer: replaySignalResponseSchema,
    errors: ['not_found'],
  },
  scorecard: {
    method: 'get',
    path: '/api/scorecard',
    operationId: 'getScorecard',
    tag,
    summary: 'Does the scanner work? Hit rates, returns and predictions held against what happened',
    query: scorecardQuerySchema,
    answer: scorecardResponseSchema,
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
