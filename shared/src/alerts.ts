import { z } from 'zod';
import {
  exchangeIdSchema,
  isoTimeSchema,
  scanIdSchema,
  seqSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { signalChangeSchema } from './scan.ts';

/** Changes between two scans that a rule may watch. */
export const ALERT_CHANGES = ['flipped', 'strengthened', 'weakened', 'price_move', 'regime_change'] as const;

export const alertRuleSchema = z.strictObject({
  /** Chosen by whoever makes the rule. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and -, at most 40')
    .meta({ example: 'flip' }),
  enabled: z.boolean().default(true),
  change: z.enum(ALERT_CHANGES),
  /** How large the move must be: points of strength, percent of price. `null`: every move that counts as a change. */
  threshold: z.number().positive().nullable().default(null),
  /** `null` watches every symbol. */
  symbols: z.array(symbolSchema).min(1).max(500).nullable().default(null),
  /** Closed candles of the scan's timeframe for which a symbol stays quiet after this rule fired for it. */
  cooldownCandles: z.int().min(0).max(1000).default(1),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const alertRulesSchema = z.strictObject({
  rules: z
    .array(alertRuleSchema)
    .max(50)
    .refine(
      (rules) => new Set(rules.map(({ id }) => id)).size === rules.length,
      'two rules have the same id',
    ),
});
export type AlertRules = z.infer<typeof alertRulesSchema>;

/** Rules as a client may write them: what a rule leaves out has its default. */
export type AlertRulesInput = z.input<typeof alertRulesSchema>['rules'];

export const alertRulesResponseSchema = z.object({
  success: z.literal(true),
  rules: z.array(alertRuleSchema),
});
export type AlertRulesResponse = z.infer<typeof alertRulesResponseSchema>;

/** A rule that fired: once per symbol, timeframe, rule and candle, also across restarts. `seq` is its place in the topic's log. */
export const alertSchema = z.object({
  seq: seqSchema,
  ruleId: z.string(),
  exchange: exchangeIdSchema,
  timeframe: timeframeSchema,
  scanId: scanIdSchema,
  previousScanId: scanIdSchema,
  /** Close of the newest candle behind the later scan's signal. */
  candleCloseTime: isoTimeSchema,
  timestamp: isoTimeSchema,
  ...signalChangeSchema.shape,
});
export type Alert = z.infer<typeof alertSchema>;

/** Durable events of the topic `alerts`. */
export const alertEventSchemas = { alert: alertSchema } as const;

export interface AlertEvents {
  alert: Alert;
}

export const alertsQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  symbol: symbolSchema.optional(),
});
export type AlertsQuery = z.infer<typeof alertsQuerySchema>;

export const alertsResponseSchema = z.object({
  success: z.literal(true),
  /** Newest first. */
  alerts: z.array(alertSchema),
  count: z.int(),
  timestamp: isoTimeSchema,
});
export type AlertsResponse = z.infer<typeof alertsResponseSchema>;
