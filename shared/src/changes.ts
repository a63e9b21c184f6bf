import { z } from 'zod';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  scanIdSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { signalChangeSchema } from './scan.ts';

export const changesQuerySchema = z
  .strictObject({
    /** The later scan; without it the newest completed one. */
    scanId: scanIdSchema.optional(),
    /** Of the newest scan that is looked for. */
    exchange: exchangeIdSchema.optional(),
    timeframe: timeframeSchema.optional(),
    symbol: symbolSchema.optional(),
    change: signalChangeSchema.shape.change.optional(),
    limit: z.coerce.number().int().min(1).max(2000).default(500),
  })
  .superRefine(({ scanId, exchange, timeframe }, { addIssue }) => {
    for (const [field, value] of Object.entries({ exchange, timeframe })) {
      if (scanId === undefined || value === undefined) continue;
      addIssue({ code: 'custom', path: [field], message: 'goes not with a scanId, which says it already' });
    }
  });
export type ChangesQuery = z.infer<typeof changesQuerySchema>;

/** What changed against the scan before of the same universe and timeframe. */
export const changesResponseSchema = z.object({
  success: z.literal(true),
  /** The later scan; `null` when there is none. */
  scanId: scanIdSchema.nullable(),
  previousScanId: scanIdSchema.nullable(),
  timeframe: timeframeSchema.nullable(),
  dataSource: dataSourceSchema.nullable(),
  /** In the order of the later scan's symbols, dropped ones last. */
  changes: z.array(signalChangeSchema),
  count: z.int(),
  /** Why there is nothing to compare; `null` when two scans were compared, changed or not. */
  reason: z.string().nullable(),
  timestamp: isoTimeSchema,
});
export type ChangesResponse = z.infer<typeof changesResponseSchema>;
