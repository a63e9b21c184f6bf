import type { Router } from 'express';
import type { OutcomesService } from '../../scanners/outcomes/outcomes-service.ts';
import { OUTCOME_ROUTES as routes } from './outcome-routes.ts';
import { RouteTable } from './route-table.ts';

/** Signals, their outcomes and the scorecard over HTTP. */
export function createOutcomeRouter(outcomes: OutcomesService): Router {
  return new RouteTable()
    .add(routes.signals, ({ query }) => outcomes.signals(query))
    .add(routes.signal, ({ params }) => outcomes.signal(params.signalId))
    .add(routes.replay, ({ params }) => outcomes.replaySignal(params.signalId))
    .add(routes.scorecard, ({ query }) => outcomes.scorecard(query))
    .toRouter();
}
