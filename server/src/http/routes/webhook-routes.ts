import {
  alertNameSchema,
  webhooksRequestSchema,
  webhooksResponseSchema,
  webhookTestResponseSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import type { RouteContract } from './route-contract.ts';

const tag = 'Webhooks';
const PATH = '/api/scanner/webhooks';

/** Every route of the webhooks. */
export const WEBHOOK_ROUTES = {
  webhooks: {
    method: 'get',
    path: PATH,
    operationId: 'listWebhooks',
    tag,
    summary: 'Where alerts are sent, and how that fares; secrets are never told',
    answer: webhooksResponseSchema,
    errors: [],
  },
  updateWebhooks: {
    method: 'put',
    path: PATH,
    operationId: 'updateWebhooks',
    tag,
    summary:
      'Replace the webhooks; those that stay go on where they were, new ones begin with the next alert',
    body: webhooksRequestSchema,
    answer: webhooksResponseSchema,
    errors: ['disk_full'],
  },
  testWebhook: {
    method: 'post',
    path: `${PATH}/{webhookId}/test`,
    operationId: 'testWebhook',
    tag,
    summary: 'Send a test delivery, once, and say how it fared',
    params: z.object({ webhookId: alertNameSchema }),
    answer: webhookTestResponseSchema,
    errors: ['not_found'],
  },
} as const satisfies Record<string, RouteContract>;
