import { z } from 'zod';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { CHART_INDICATORS, INDICATOR_LINES } from './vocabulary.ts';

/** How an exchange fares: `ok`; `unused`, not asked yet; left alone for a while, and why; `unconfigured`, it cannot be used as the server is set up. */
export const EXCHANGE_STATUSES = [
  'ok',
  'unused',
  'rate_limited',
  'banned',
  'maintenance',
  'failing',
  'unconfigured',
] as const;
export type ExchangeStatus = (typeof EXCHANGE_STATUSES)[number];

/** An exchange of the allow-list. */
export const exchangeInfoSchema = z.object({
  id: exchangeIdSchema,
  name: z.string(),
  kind: dataSourceSchema.shape.kind,
  /** Whether it is used when a request names none. */
  default: z.boolean(),
  health: z.object({
    status: z.enum(EXCHANGE_STATUSES),
    /** One line for people: "rate limited, resuming in 3 s". */
    detail: z.string(),
    /** When requests are tried again; `null` unless it is left alone. */
    resumesAt: isoTimeSchema.nullable(),
  }),
  /** Requests a second: allowed now, and without any trouble. `null` where nobody else's server is asked. */
  budget: z.object({ requestsPerSecond: z.number(), maxRequestsPerSecond: z.number() }).nullable(),
});
export type ExchangeInfo = z.infer<typeof exchangeInfoSchema>;

export const exchangesResponseSchema = z.object({
  success: z.literal(true),
  exchanges: z.array(exchangeInfoSchema),
  timestamp: isoTimeSchema,
});
export type ExchangesResponse = z.infer<typeof exchangesResponseSchema>;

/** Query of `GET /api/market/symbols`. */
export const marketSymbolsQuerySchema = z.strictObject({
  exchange: exchangeIdSchema.optional(),
  /** Part of the symbol, in upper or lower case. */
  query: z.string().trim().max(48).default(''),
  limit: z.coerce.number().int().min(1).max(5_000).default(500),
});
export type MarketSymbolsQuery = z.infer<typeof marketSymbolsQuerySchema>;

export const marketSymbolSchema = z.object({
  symbol: symbolSchema,
  base: z.string(),
  /** `null` for stocks. */
  quote: z.string().nullable(),
  kind: z.enum(['spot', 'swap', 'stock']),
  /** False when listed but not trading. */
  active: z.boolean(),
  /** Smallest price step in quote units; `null` when the exchange does not say. */
  tickSize: z.number().nullable(),
});
export type MarketSymbol = z.infer<typeof marketSymbolSchema>;

export const marketSymbolsResponseSchema = z.object({
  success: z.literal(true),
  /** Those that begin with the query first. */
  symbols: z.array(marketSymbolSchema),
  count: z.int(),
  /** How many there are without the limit. */
  total: z.int(),
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
});
export type MarketSymbolsResponse = z.infer<typeof marketSymbolsResponseSchema>;

/** Query of `GET /api/market/candles`. */
export const candlesQuerySchema = z.strictObject({
  symbol: symbolSchema,
  timeframe: timeframeSchema.default('1h'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  exchange: exchangeIdSchema.optional(),
  /** Separated by commas. */
  indicators: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.enum(CHART_INDICATORS)))
    .optional()
    .meta({ type: 'string', example: 'ema20,rsi' }),
});
export type CandlesQuery = z.infer<typeof candlesQuerySchema>;

/** `[openTime ms, open, high, low, close, volume]` */
const candleRowSchema = z.array(z.number()).length(6);

export const candlesResponseSchema = z.object({
  success: z.literal(true),
  symbol: symbolSchema,
  timeframe: timeframeSchema,
  /** Closed candles, oldest first; fewer than asked for when the exchange has no more. */
  candles: z.array(candleRowSchema),
  count: z.int(),
  /** The candle still forming, as it was at `fetchedAt`; `null` when the exchange sends none. */
  openCandle: candleRowSchema.nullable(),
  /** Close time of the newest closed candle. */
  candleCloseTime: isoTimeSchema,
  /** The lines of the asked indicators, a value for each candle; `null` before the warm-up. Computed with candles before the first one. */
  indicators: z.partialRecord(z.enum(INDICATOR_LINES), z.array(z.number().nullable())),
  /** Rows of the exchange that were thrown away, and flat ones put into gaps. */
  quality: z.object({ rejected: z.int(), filled: z.int() }),
  /** When the exchange was asked, by its own clock. */
  fetchedAt: isoTimeSchema,
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
});
export type CandlesResponse = z.infer<typeof candlesResponseSchema>;
