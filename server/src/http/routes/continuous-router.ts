import type { Response, Router } from 'express';
import type { ContinuousService, TrainingFile } from '../../scanners/continuous/continuous-service.ts';
import { CONTINUOUS_ROUTES as routes } from './continuous-routes.ts';
import { RouteTable } from './route-table.ts';

/** The continuous scanner over HTTP. */
export function createContinuousRouter(continuous: ContinuousService): Router {
  return new RouteTable()
    .add(routes.start, ({ body }) => continuous.start(body))
    .add(routes.stop, () => continuous.stop())
    .add(routes.status, () => continuous.status())
    .add(routes.signals, ({ query }) => continuous.signals(query))
    .add(routes.confluence, ({ params, query }) => continuous.confluence(params.symbol, query))
    .add(routes.marketState, () => continuous.marketState())
    .add(routes.trainingData, async ({ params, query }, _request, response) => {
      if (query.format === 'json') return continuous.trainingData(params.symbol, query);
      sendFile(response, await continuous.trainingFile(params.symbol, query));
      return undefined;
    })
    .toRouter();
}

function sendFile(response: Response, { bytes, fileName, contentType }: TrainingFile): void {
  response.attachment(fileName).type(contentType).send(bytes);
}
