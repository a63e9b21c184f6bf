import type { Alert, Webhook, WebhookInput, WebhookState } from '@fast-scanner/shared';

/** A webhook as it is stored. */
export interface StoredWebhook {
  readonly id: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly secret: string | null;
  readonly rules: readonly string[] | null;
}

/** How far a webhook is: what a restart goes on from. */
export interface Progress extends Pick<WebhookState, 'lastDelivery' | 'delivered' | 'failed' | 'lastError'> {
  /** Seq of the newest alert that is done with: delivered, given up, or not asked for. */
  readonly cursor: number;
  /** The alert behind the cursor that could not be delivered yet. */
  readonly waiting: WaitingAlert | null;
}

export interface WaitingAlert {
  readonly seq: number;
  readonly attempts: number;
  /** When it is tried again, epoch ms. */
  readonly dueAt: number;
}

/** Of a webhook that begins behind the alert of this seq. */
export function createProgress(cursor: number): Progress {
  return { cursor, waiting: null, lastDelivery: null, delivered: 0, failed: 0, lastError: null };
}

/** The webhook that a client asks for; `known` is the one of the same id. */
export function toStoredWebhook(
  { id, url, enabled, secret, rules }: WebhookInput,
  known: StoredWebhook | undefined,
): StoredWebhook {
  return { id, url, enabled, secret: secret === undefined ? (known?.secret ?? null) : secret, rules };
}

/** As clients see it: without its secret. */
export function toWebhook({ id, url, enabled, secret, rules }: StoredWebhook, state: WebhookState): Webhook {
  return { id, url, enabled, hasSecret: secret !== null, rules: rules && [...rules], state };
}

export function isAskedFor({ rules }: StoredWebhook, { ruleId }: Pick<Alert, 'ruleId'>): boolean {
  return rules === null || rules.includes(ruleId);
}
