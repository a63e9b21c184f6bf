import { createHash, randomUUID } from 'node:crypto';
import { type Alert, toIsoTime, WEBHOOK_HEADERS, type WebhookPayload } from '@fast-scanner/shared';
import manifest from '../../package.json' with { type: 'json' };
import { signBody } from './sign-body.ts';

/** What is posted, the same in every attempt. */
export interface Delivery {
  readonly deliveryId: string;
  readonly event: WebhookPayload['type'];
  readonly body: string;
}

/** The delivery of an alert. Its id follows from webhook and alert, also after a restart. */
export function createAlertDelivery(webhookId: string, alert: Alert): Delivery {
  const { scanId, ruleId, symbol, seq } = alert;
  const identity = JSON.stringify([webhookId, scanId, ruleId, symbol, seq]);
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  return toDelivery({ type: 'alert', deliveryId: `alert_${digest}`, alert });
}

export function createTestDelivery(webhookId: string, nowMs: number): Delivery {
  return toDelivery({
    type: 'test',
    deliveryId: `test_${randomUUID()}`,
    webhookId,
    message: 'A test of this webhook; alerts come in the same way.',
    timestamp: toIsoTime(nowMs),
  });
}

/** The headers of one attempt. */
export function headersOf(
  { deliveryId, event, body }: Delivery,
  { secret, nowMs }: { readonly secret: string | null; readonly nowMs: number },
): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'User-Agent': `fast-scanner/${manifest.version}`,
    [WEBHOOK_HEADERS.event]: event,
    [WEBHOOK_HEADERS.delivery]: deliveryId,
    ...(secret === null ? {} : { [WEBHOOK_HEADERS.signature]: signBody(body, secret, nowMs) }),
  };
}

function toDelivery(payload: WebhookPayload): Delivery {
  return { deliveryId: payload.deliveryId, event: payload.type, body: JSON.stringify(payload) };
}
