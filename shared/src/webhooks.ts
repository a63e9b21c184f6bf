import { z } from 'zod';
import { alertNameSchema, alertSchema } from './alerts.ts';
import { isoTimeSchema } from './primitives.ts';

/** Headers of every delivery. */
export const WEBHOOK_HEADERS = {
  /** `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`; absent when the webhook has no secret. */
  signature: 'X-FastScanner-Signature',
  /** `alert` or `test`. */
  event: 'X-FastScanner-Event',
  /** The same for every attempt of a delivery: what the receiver tells repetitions by. */
  delivery: 'X-FastScanner-Delivery',
} as const;

const webhookUrlSchema = z
  .string()
  .max(2000)
  .superRefine((text, { addIssue }) => {
    const problem = problemOfUrl(text);
    if (problem) addIssue({ code: 'custom', message: problem });
  })
  .meta({ format: 'uri', example: 'https://hooks.example/fast-scanner' });

function problemOfUrl(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return 'must be an http or https address such as https://hooks.example/fast-scanner';
  }
  const { username, password, hash } = new URL(text);
  if (username !== '' || password !== '') return 'must not carry a user name or password';
  return hash === '' ? null : 'must not have a part behind #, which is never sent';
}

/** Text that signs the deliveries. */
const secretSchema = z
  .string()
  .min(16)
  .max(200)
  .regex(/^[\x21-\x7e]*$/, 'must be printable ASCII without spaces');

export const webhookInputSchema = z.strictObject({
  id: alertNameSchema.meta({ example: 'desk' }),
  url: webhookUrlSchema,
  enabled: z.boolean().default(true),
  /** Never answered. Absent: as before, none for a new webhook; `null`: deliveries are not signed. */
  secret: secretSchema.nullable().optional(),
  /** Ids of the alert rules whose alerts are sent; `null` sends all. */
  rules: z.array(alertNameSchema).min(1).max(50).nullable().default(null),
});
export type WebhookInput = z.infer<typeof webhookInputSchema>;

/** Body of `PUT /api/scanner/webhooks`: all webhooks there are to be. */
export const webhooksRequestSchema = z.strictObject({
  webhooks: z
    .array(webhookInputSchema)
    .max(20)
    .refine(
      (webhooks) => new Set(webhooks.map(({ id }) => id)).size === webhooks.length,
      'two webhooks have the same id',
    ),
});
export type WebhooksRequest = z.infer<typeof webhooksRequestSchema>;
/** Webhooks as a client may write them. */
export type WebhooksInput = z.input<typeof webhooksRequestSchema>['webhooks'];

export const webhookStateSchema = z.object({
  /** The newest attempt to deliver an alert. */
  lastDelivery: z
    .object({
      deliveryId: z.string(),
      at: isoTimeSchema,
      /** `null` when nothing answered. */
      statusCode: z.int().nullable(),
      delivered: z.boolean(),
      /** 1 for the first. */
      attempt: z.int().min(1),
    })
    .nullable(),
  /** Alerts that wait, the one that is being tried included. */
  pending: z.int(),
  /** Alerts delivered, and alerts given up, since the webhook was made. */
  delivered: z.int(),
  failed: z.int(),
  /** When the alert that could not be delivered is tried again; `null` when none waits for that. */
  nextAttemptAt: isoTimeSchema.nullable(),
  /** Stays after later successes. */
  lastError: z.object({ at: isoTimeSchema, detail: z.string() }).nullable(),
});
export type WebhookState = z.infer<typeof webhookStateSchema>;

export const webhookSchema = z.object({
  id: alertNameSchema,
  url: z.string(),
  enabled: z.boolean(),
  hasSecret: z.boolean(),
  rules: z.array(alertNameSchema).nullable(),
  state: webhookStateSchema,
});
export type Webhook = z.infer<typeof webhookSchema>;

export const webhooksResponseSchema = z.object({
  success: z.literal(true),
  webhooks: z.array(webhookSchema),
});
export type WebhooksResponse = z.infer<typeof webhooksResponseSchema>;

/** How a test delivery fared. It is tried once. */
export const webhookTestResponseSchema = z.object({
  success: z.literal(true),
  id: alertNameSchema,
  deliveryId: z.string(),
  delivered: z.boolean(),
  /** `null` when nothing answered. */
  statusCode: z.int().nullable(),
  durationMs: z.number(),
  /** What happened, in words. */
  detail: z.string(),
});
export type WebhookTestResponse = z.infer<typeof webhookTestResponseSchema>;

/** Body of a delivery. */
export const webhookPayloadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alert'), deliveryId: z.string(), alert: alertSchema }),
  z.object({
    type: z.literal('test'),
    deliveryId: z.string(),
    webhookId: alertNameSchema,
    message: z.string(),
    timestamp: isoTimeSchema,
  }),
]);
export type WebhookPayload = z.infer<typeof webhookPayloadSchema>;
