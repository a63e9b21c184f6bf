import { runRequestSchema, ScannerError } from '@fast-scanner/shared';
import type { RequestHandler, Router } from 'express';
import { runStreamId, type ScanRunsService } from '../../scanners/scan-runs/scan-runs-service.ts';
import {
  createStreamEventsHandler,
  type LoggedRecord,
  type StreamEventsOptions,
} from '../events/stream-events.ts';
import { parseInput } from '../parse-input.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import { RouteTable } from './route-table.ts';
import { RUN_ROUTES as routes } from './run-routes.ts';
import { signalOfLeaving } from './signal-of-leaving.ts';

export interface RunRouterOptions extends StreamEventsOptions {
  readonly runs: ScanRunsService;
  readonly changeGuard: RequestHandler;
}

/** Scan runs over HTTP. A client that goes away cancels only the run it waits for. */
export function createRunRouter(options: RunRouterOptions): Router {
  const { runs } = options;
  return new RouteTable(options)
    .add(routes.start, async ({ body }, request, response) => {
      const started = await runs.start(body, parseIdempotencyKey(request));
      response.location(`${routes.start.path}/${started.run_id}`);
      return started;
    })
    .add(routes.runs, ({ query }) => runs.runs(query))
    .add(routes.run, ({ params }) => runs.run(params.runId))
    .add(routes.cancel, ({ params }) => runs.cancel(params.runId))
    .add(
      routes.events,
      createStreamEventsHandler(options, ({ runId }) => find(runs, runId)),
    )
    .add(routes.diff, ({ params }) => runs.diff(params.runId, params.otherRunId))
    .add(routes.modes, async () => runs.modes())
    .add(routes.signals, ({ query }, _request, response) =>
      runs.scanNow(parseInput(runRequestSchema, query, '?'), signalOfLeaving(response)),
    )
    .toRouter();
}

/** @throws ScannerError `not_found`; `gone` once the run's events have been swept with its findings */
async function find(runs: ScanRunsService, runId: string): Promise<LoggedRecord<{ run_id: string }>> {
  const summary = await runs.summary(runId);
  if (summary === null) throw new ScannerError('not_found', `there is no run ${runId}`);
  if (!summary.details_kept) {
    throw new ScannerError('gone', `the events of run ${runId} have been swept`, { summary });
  }
  return { streamId: runStreamId(runId), id: { run_id: runId }, summary };
}
