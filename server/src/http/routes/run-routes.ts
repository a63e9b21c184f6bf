import {
  cancelRunResponseSchema,
  type ErrorCode,
  eventsQuerySchema,
  modesResponseSchema,
  runDiffResponseSchema,
  runEventsResponseSchema,
  runIdSchema,
  runQuerySchema,
  runRequestSchema,
  runResponseSchema,
  runSignalsResponseSchema,
  runsQuerySchema,
  runsResponseSchema,
  startRunResponseSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import type { RouteContract } from './route-contract.ts';

const tag = 'Scan runs';
const runParams = z.object({ runId: runIdSchema });

/** Why a run may not be accepted. */
const START_ERRORS = [
  'exchange_unknown',
  'too_many_jobs',
  'disk_full',
] as const satisfies readonly ErrorCode[];

/** Why a run as a whole may come to nothing. */
const RUN_ERRORS = [
  'cancelled',
  'interrupted',
  'rate_limited',
  'exchange_banned',
  'exchange_timeout',
  'exchange_unavailable',
  'exchange_maintenance',
  'exchange_denied',
  'exchange_bad_response',
] as const satisfies readonly ErrorCode[];

/** Every route of scan runs. */
export const RUN_ROUTES = {
  start: {
    method: 'post',
    path: '/api/scanner/runs',
    operationId: 'startRun',
    tag,
    summary:
      'Start a run in the background; fields come in the body, as query parameters or both, the body wins',
    query: runQuerySchema,
    body: runRequestSchema,
    queryFillsBody: true,
    idempotent: true,
    answer: startRunResponseSchema,
    status: 202,
    headers: { Location: 'Where the run is' },
    errors: [...START_ERRORS, 'idempotency_mismatch'],
  },
  runs: {
    method: 'get',
    path: '/api/scanner/runs',
    operationId: 'listRuns',
    tag,
    summary: 'Runs, newest first',
    query: runsQuerySchema,
    answer: runsResponseSchema,
    errors: [],
  },
  run: {
    method: 'get',
    path: '/api/scanner/runs/{runId}',
    operationId: 'getRun',
    tag,
    summary: 'One run as it stands; once it has ended, with its signals and rejections',
    params: runParams,
    answer: runResponseSchema,
    errors: ['not_found', 'gone'],
  },
  cancel: {
    method: 'delete',
    path: '/api/scanner/runs/{runId}',
    operationId: 'cancelRun',
    tag,
    summary: 'Cancel a run; harmless when it has ended',
    params: runParams,
    answer: cancelRunResponseSchema,
    errors: ['not_found'],
  },
  events: {
    method: 'get',
    path: '/api/scanner/runs/{runId}/events',
    operationId: 'getRunEvents',
    tag,
    summary: 'The log of a run: a page, or with Accept: text/event-stream its replay and then live',
    params: runParams,
    query: eventsQuerySchema,
    answer: runEventsResponseSchema,
    streams: true,
    otherAnswers: {
      204: 'The stream has ended and there is nothing after the given id (text/event-stream only)',
    },
    errors: ['not_found', 'gone'],
  },
  diff: {
    method: 'get',
    path: '/api/scanner/runs/{runId}/diff/{otherRunId}',
    operationId: 'diffRuns',
    tag,
    summary: 'What changed from the signals of one run to those of another',
    params: z.object({ runId: runIdSchema, otherRunId: runIdSchema }),
    answer: runDiffResponseSchema,
    errors: ['not_found', 'gone', 'conflict'],
  },
  modes: {
    method: 'get',
    path: '/api/scanner/modes',
    operationId: 'listModes',
    tag,
    summary: 'The modes of runs and what each demands of a signal',
    answer: modesResponseSchema,
    errors: [],
  },
  signals: {
    method: 'get',
    path: '/api/scanner/signals',
    operationId: 'getSignals',
    tag,
    summary: 'The old form: starts a run, waits for its end and cancels it when the client leaves',
    query: runQuerySchema,
    changes: true,
    answer: runSignalsResponseSchema,
    deprecated: { since: Date.UTC(2026, 10, 21), successor: '/api/scanner/runs' },
    errors: [...START_ERRORS, ...RUN_ERRORS],
  },
} as const satisfies Record<string, RouteContract>;
