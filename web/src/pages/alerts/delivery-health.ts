import type { Webhook } from '@fast-scanner/client';

/** `retrying`: the newest alert could not be delivered, and is tried again. */
export type DeliveryHealth = 'off' | 'unused' | 'ok' | 'retrying' | 'failing';

/** How a webhook's deliveries fare, by the newest of them. */
export function deliveryHealth({
  enabled,
  state: { lastDelivery, nextAttemptAt },
}: Pick<Webhook, 'enabled' | 'state'>): DeliveryHealth {
  if (!enabled) return 'off';
  if (lastDelivery === null) return 'unused';
  if (lastDelivery.delivered) return 'ok';
  return nextAttemptAt === null ? 'failing' : 'retrying';
}
