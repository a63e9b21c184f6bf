import type { Router } from 'express';
import type { WebhooksService } from '../../webhooks/webhooks-service.ts';
import { RouteTable } from './route-table.ts';
import { WEBHOOK_ROUTES as routes } from './webhook-routes.ts';

/** The webhooks over HTTP. */
export function createWebhookRouter(webhooks: WebhooksService): Router {
  return new RouteTable()
    .add(routes.webhooks, () => webhooks.list())
    .add(routes.updateWebhooks, ({ body }) => webhooks.replace(body))
    .add(routes.testWebhook, ({ params }) => webhooks.test(params.webhookId))
    .toRouter();
}
