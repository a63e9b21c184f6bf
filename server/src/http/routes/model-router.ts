import type { Router } from 'express';
import type { ModelsService } from '../../scanners/models/models-service.ts';
import { MODEL_ROUTES as routes } from './model-routes.ts';
import { RouteTable } from './route-table.ts';

/** The prediction models over HTTP. */
export function createModelRouter(models: ModelsService): Router {
  return new RouteTable()
    .add(routes.models, ({ query }) => models.models(query))
    .add(routes.train, ({ body }) => models.train(body))
    .toRouter();
}
