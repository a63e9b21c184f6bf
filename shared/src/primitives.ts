import { z } from 'zod';
import { SYMBOL_PATTERN } from './symbol.ts';
import { TIMEFRAMES } from './vocabulary.ts';

/** ISO 8601 UTC with milliseconds. */
export const isoTimeSchema = z.iso.datetime({ precision: 3 }).meta({ example: '2026-01-02T03:04:05.678Z' });

export const symbolSchema = z
  .string()
  .max(48)
  .regex(SYMBOL_PATTERN, 'must look like BTC/USDT, BTC/USDT:USDT or AAPL')
  .meta({ example: 'BTC/USDT' });

export const timeframeSchema = z.enum(TIMEFRAMES);

/** An exchange id. Whether it is allowed is decided by the server's configuration. */
export const exchangeIdSchema = z
  .string()
  .regex(/^[a-z0-9]{2,24}$/, 'must be a lower-case exchange id such as binance')
  .meta({ example: 'demo' });

export const scanIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be an id made of letters, digits, _ and -')
  .meta({ example: 'scan_01jd5v0b3k' });

/** Names a prediction model: exchange, timeframe and a digest of what it learned. */
export const modelIdSchema = z
  .string()
  .regex(/^[a-z0-9]{2,24}-[0-9]{1,2}[mhdw]-[0-9a-f]{12}$/, 'must be a model id such as demo-1h-0123456789ab')
  .meta({ example: 'demo-1h-0123456789ab' });

/** Position in a stream: 1, 2, 3 … without a hole. */
export const seqSchema = z.int().min(1);

/** Where a result's numbers come from. Shown wherever the result is shown. */
export const dataSourceSchema = z.object({
  exchange: exchangeIdSchema,
  kind: z.enum(['live', 'recorded', 'simulated']),
});

export type DataSource = z.infer<typeof dataSourceSchema>;
export type DataKind = DataSource['kind'];

/** Milliseconds since the epoch as the wire writes it. */
export function toIsoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
