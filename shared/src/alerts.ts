import { z } from 'zod';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  scanIdSchema,
  seqSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { signalChangeSchema } from './scan.ts';
import {
  ALERT_CHANGES,
  ALERT_OUTCOMES,
  type AlertChange,
  DEFAULT_THRESHOLDS,
  PRICE_MOVE_UNITS,
} from './vocabulary.ts';

/** Highest threshold that can be reached. */
const HIGHEST: Partial<Readonly<Record<AlertChange, number>>> = { score_above: 100, confluence_reached: 1 };

/** Of rules and webhooks: chosen by whoever makes them. */
export const alertNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and -, at most 40')
  .meta({ example: 'flip' });

const alertRuleShape = {
  id: alertNameSchema,
  enabled: z.boolean().default(true),
  change: z.enum(ALERT_CHANGES),
  /**
   * How large the move must be (points of strength; percent of price or ATRs, see `unit`), or the level that must be reached
   * (opportunity score 0–100, share of agreeing timeframes 0–1). `null`: the usual one, `DEFAULT_THRESHOLDS`.
   */
  threshold: z.number().positive().nullable().default(null),
  /** Of a price move alone; `null` takes a threshold for percent. The ATR is that of the earlier scan. */
  unit: z.enum(PRICE_MOVE_UNITS).nullable().default(null),
  /** `null` watches every symbol. */
  symbols: z.array(symbolSchema).min(1).max(500).nullable().default(null),
  /** `null` watches every exchange. */
  exchange: exchangeIdSchema.nullable().default(null),
  /** Only scans of this timeframe; `null` watches all. */
  timeframe: timeframeSchema.nullable().default(null),
  /** Closed candles of the scan's timeframe for which a symbol stays quiet after this rule fired for it. */
  cooldownCandles: z.int().min(0).max(1000).default(1),
};

export const alertRuleSchema = z.strictObject(alertRuleShape).superRefine((rule, { addIssue }) => {
  const refuse = (field: string, message: string) => addIssue({ code: 'custom', path: [field], message });
  const { change, threshold, unit } = rule;
  const highest = HIGHEST[change];
  if (threshold !== null && DEFAULT_THRESHOLDS[change] === null) {
    refuse('threshold', `goes not with ${change}, which has no size`);
  }
  if (threshold !== null && highest !== undefined && threshold > highest) {
    refuse('threshold', `must be at most ${highest} with ${change}`);
  }
  if (unit !== null && change !== 'price_move') refuse('unit', 'goes only with price_move');
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
  change: z.enum(ALERT_CHANGES),
  /** Points of strength or score, percent of price, share of timeframes, or `null`, as the kind of change has it. */
  delta: z.number().nullable(),
  /** Price of the later scan. Absent in alerts of former versions, as is the next. */
  price: z.number().positive().optional(),
  dataSource: dataSourceSchema.optional(),
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
  exchange: exchangeIdSchema.optional(),
  timeframe: timeframeSchema.optional(),
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

export const alertVerdictSchema = z.object({
  ruleId: z.string(),
  change: z.enum(ALERT_CHANGES),
  /** `null` when the rule does not watch these scans at all. */
  symbol: symbolSchema.nullable(),
  outcome: z.enum(ALERT_OUTCOMES),
  from: z.string().nullable(),
  to: z.string().nullable(),
  delta: z.number().nullable(),
  /** What was found, and why that fires or does not. */
  detail: z.string(),
});
export type AlertVerdict = z.infer<typeof alertVerdictSchema>;

export const alertPreviewQuerySchema = z.strictObject({
  /** Which newest scan; without it that of any exchange. */
  exchange: exchangeIdSchema.optional(),
  timeframe: timeframeSchema.optional(),
  /** Only verdicts on this symbol. */
  symbol: symbolSchema.optional(),
});
export type AlertPreviewQuery = z.infer<typeof alertPreviewQuerySchema>;

/** What the rules as they stand make of the newest scan and the one before it. Nothing is stored or sent. */
export const alertPreviewResponseSchema = z.object({
  success: z.literal(true),
  scanId: scanIdSchema.nullable(),
  previousScanId: scanIdSchema.nullable(),
  verdicts: z.array(alertVerdictSchema),
  /** Verdicts that say `fires`. */
  count: z.int(),
  /** Why there is nothing to compare; `null` when there is. */
  reason: z.string().nullable(),
  timestamp: isoTimeSchema,
});
export type AlertPreviewResponse = z.infer<typeof alertPreviewResponseSchema>;
