import { z } from 'zod';
import { dataSourceSchema, exchangeIdSchema, isoTimeSchema, symbolSchema } from './primitives.ts';
import { errorCodeSchema } from './problem.ts';

export const MAX_PRICE_SYMBOLS = 50;

/** Symbols as a query writes them: separated by commas, duplicates collapsed, the order kept. */
const symbolListSchema = z
  .string()
  .max(10_000)
  .transform((text) => [...new Set(text.split(',').map((symbol) => symbol.trim()))])
  .pipe(z.array(symbolSchema).min(1).max(MAX_PRICE_SYMBOLS))
  .meta({ type: 'string', example: 'BTC/USDT,ETH/USDT' });

/** Query of `GET /api/market/prices`. */
export const pricesQuerySchema = z.strictObject({
  symbols: symbolListSchema,
  exchange: exchangeIdSchema.optional(),
});
export type PricesQuery = z.infer<typeof pricesQuerySchema>;

/** Query of `GET /api/market/price/{symbol}`. */
export const priceQuerySchema = z.strictObject({ exchange: exchangeIdSchema.optional() });
export type PriceQuery = z.infer<typeof priceQuerySchema>;

/** The last traded price of a symbol. */
export const priceSchema = z.object({
  symbol: symbolSchema,
  /** In quote units, > 0. */
  price: z.number().positive(),
  /** When the exchange formed it. */
  timestamp: isoTimeSchema,
  /** How old it was when it was sent, by the exchange's clock. */
  ageMs: z.number().min(0),
  /** Percent over the past 24 h; `null` when the exchange does not say. */
  change24h: z.number().nullable(),
});
export type Price = z.infer<typeof priceSchema>;

/** A symbol without a price, and why. */
export const priceErrorSchema = z.object({ symbol: symbolSchema, error: z.string(), code: errorCodeSchema });
export type PriceError = z.infer<typeof priceErrorSchema>;

export const pricesResponseSchema = z.object({
  success: z.literal(true),
  /** In the order asked for. */
  prices: z.array(priceSchema),
  /** How many prices there are. */
  total: z.int(),
  /** `null` when every symbol has a price. */
  errors: z.array(priceErrorSchema).nullable(),
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
});
export type PricesResponse = z.infer<typeof pricesResponseSchema>;

export const priceResponseSchema = z.object({
  success: z.literal(true),
  ...priceSchema.shape,
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
});
export type PriceResponse = z.infer<typeof priceResponseSchema>;

/** The topic of live prices. It is no stream: nothing of it is numbered, kept or replayed. */
export const PRICES_TOPIC = 'prices';

/** Live prices of one exchange, by event name. */
export const priceEventSchemas = {
  /** What has changed since the event before, at most once a second. */
  prices: z.object({
    exchange: exchangeIdSchema,
    dataSource: dataSourceSchema,
    prices: z.array(priceSchema),
    /** Symbols that have come to have no price. */
    errors: z.array(priceErrorSchema).nullable(),
    /** Why there is nothing new for now; `null`: the exchange answers. */
    error: z.object({ code: errorCodeSchema, detail: z.string() }).nullable(),
    timestamp: isoTimeSchema,
  }),
} as const;
export type PricesEvent = z.infer<typeof priceEventSchemas.prices>;
