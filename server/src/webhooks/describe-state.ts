import { type Alert, toIsoTime, type WebhookState } from '@fast-scanner/shared';
import { ALERTS_TOPIC_STREAM } from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { EventLog } from '../streams/event-log.ts';
import { isAskedFor, type Progress, type StoredWebhook } from './webhook-record.ts';

const PAGE_SIZE = 1000;

/** How a webhook fares, for clients. */
export async function describeState(
  webhook: StoredWebhook,
  progress: Progress,
  eventLog: EventLog,
): Promise<WebhookState> {
  const { lastDelivery, delivered, failed, lastError, waiting } = progress;
  return {
    lastDelivery,
    pending: webhook.enabled ? await countPending(webhook, progress, eventLog) : 0,
    delivered,
    failed,
    nextAttemptAt: waiting && webhook.enabled ? toIsoTime(waiting.dueAt) : null,
    lastError,
  };
}

async function countPending(
  webhook: StoredWebhook,
  { cursor }: Progress,
  eventLog: EventLog,
): Promise<number> {
  let pending = 0;
  for (let after = cursor; ; ) {
    const { events } = await eventLog.read(ALERTS_TOPIC_STREAM, after, PAGE_SIZE);
    pending += events.filter(({ payload }) => isAskedFor(webhook, payload as Alert)).length; // the topic has no other events
    const last = events.at(-1);
    if (!last || events.length < PAGE_SIZE) return pending;
    after = last.seq;
  }
}
