import { z } from 'zod';
import { deepAnalysisSchema } from './deep-analysis.ts';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  scanIdSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { errorCodeSchema } from './problem.ts';
import { quickSignalSchema } from './quick-signal.ts';
import { JOB_STATUSES, SIGNALS } from './vocabulary.ts';

export const MAX_SCAN_SYMBOLS = 500;

/** Body of `POST /api/scanner/quick-scan` and of the socket event `requestQuickScan`; everything is optional. */
export const quickScanRequestSchema = z.strictObject({
  /** Symbols to scan, duplicates collapsed; without them the default universe. */
  symbols: z.array(symbolSchema).min(1).max(MAX_SCAN_SYMBOLS).optional(),
  exchange: exchangeIdSchema.optional(),
  timeframe: timeframeSchema.default('1h'),
  /** How many symbols of the default universe; ignored when `symbols` are given. */
  limit: z.int().min(1).max(MAX_SCAN_SYMBOLS).default(20),
  /** Whether phase 2 follows. */
  analyze: z.boolean().default(true),
});
export type QuickScanRequest = z.infer<typeof quickScanRequestSchema>;
export type QuickScanInput = z.input<typeof quickScanRequestSchema>;

/** A symbol that gave no result, and why. */
export const symbolFailureSchema = z.object({
  symbol: symbolSchema,
  reason: errorCodeSchema,
  detail: z.string(),
});
export type SymbolFailure = z.infer<typeof symbolFailureSchema>;

export const TERMINAL_STATUSES = ['completed', 'cancelled', 'failed'] as const;
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

/** `requested = completed + failed + skipped` once the scan has ended. */
export const scanTotalsSchema = z.object({
  requested: z.int(),
  /** Symbols whose last phase is done. */
  completed: z.int(),
  failed: z.int(),
  /** Symbols that were not tried to the end because the scan was cancelled or failed as a whole. */
  skipped: z.int(),
});
export type ScanTotals = z.infer<typeof scanTotalsSchema>;

export const scanSummarySchema = z.object({
  scanId: scanIdSchema,
  status: z.enum(JOB_STATUSES),
  phase: z.enum(['quick_scan', 'deep_analysis', 'done']),
  trigger: z.enum(['interactive', 'scheduled']),
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
  timeframe: timeframeSchema,
  analyze: z.boolean(),
  /** Symbols with a quick signal. */
  symbolCount: z.int(),
  totals: scanTotalsSchema,
  createdAt: isoTimeSchema,
  startedAt: isoTimeSchema.nullable(),
  completedAt: isoTimeSchema.nullable(),
  /** Duration of phase 1. */
  scanTimeMs: z.number().nullable(),
  error: z.object({ code: errorCodeSchema, detail: z.string() }).nullable(),
});
export type ScanSummary = z.infer<typeof scanSummarySchema>;

/** Answer of `POST /api/scanner/quick-scan`: phase 1 is done, phase 2 goes on. */
export const quickScanResponseSchema = z.object({
  success: z.literal(true),
  scanId: scanIdSchema,
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
  signals: z.array(quickSignalSchema),
  count: z.int(),
  requested: z.int(),
  failures: z.array(symbolFailureSchema),
  scanTimeMs: z.number(),
  timestamp: isoTimeSchema,
  message: z.string(),
});
export type QuickScanResponse = z.infer<typeof quickScanResponseSchema>;

/** A quick signal with what phase 2 found, once it did. */
export const scanResultSchema = quickSignalSchema.extend({ deepAnalysis: deepAnalysisSchema.nullable() });
export type ScanResult = z.infer<typeof scanResultSchema>;

export const RESULT_SORTS = ['strength', 'score', 'opportunity', 'change24h', 'symbol'] as const;

export const resultsQuerySchema = z.strictObject({
  scanId: scanIdSchema.optional(),
  signal: z.enum(SIGNALS).optional(),
  min_strength: z.coerce.number().min(0).max(100).optional(),
  /** Descending but for `symbol`. Without it, the order in which the symbols were asked. */
  sort: z.enum(RESULT_SORTS).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_SCAN_SYMBOLS).optional(),
});
export type ResultsQuery = z.infer<typeof resultsQuerySchema>;

export const scannerStatusSchema = z.object({
  isScanning: z.boolean(),
  currentScanId: scanIdSchema.nullable(),
  signalsCount: z.int(),
  backgroundQueueLength: z.int(),
  lastScan: z.object({ scanId: scanIdSchema, timestamp: isoTimeSchema, symbolCount: z.int() }).nullable(),
  periodicScanningEnabled: z.boolean(),
  nextScanAt: isoTimeSchema.nullable(),
});
export type ScannerStatus = z.infer<typeof scannerStatusSchema>;

export const resultsResponseSchema = z.object({
  success: z.literal(true),
  scanId: scanIdSchema.nullable(),
  signals: z.array(scanResultSchema),
  count: z.int(),
  status: scannerStatusSchema,
  timestamp: isoTimeSchema,
});
export type ResultsResponse = z.infer<typeof resultsResponseSchema>;

export const symbolQuerySchema = z.strictObject({
  exchange: exchangeIdSchema.optional(),
  /** How many closed candles to send along; 0 sends none. */
  candles: z.coerce.number().int().min(0).max(1000).default(0),
});
export type SymbolQuery = z.infer<typeof symbolQuerySchema>;

export const symbolResponseSchema = z.object({
  success: z.literal(true),
  symbol: symbolSchema,
  signal: quickSignalSchema,
  deepAnalysis: deepAnalysisSchema.nullable(),
  /** Rows `[openTime ms, open, high, low, close, volume]` of closed candles, oldest first. */
  candles: z.array(z.array(z.number()).length(6)).optional(),
  timestamp: isoTimeSchema,
});
export type SymbolResponse = z.infer<typeof symbolResponseSchema>;

export const scanStatusResponseSchema = z.object({
  success: z.literal(true),
  status: scannerStatusSchema,
  history: z.array(scanSummarySchema),
});
export type ScanStatusResponse = z.infer<typeof scanStatusResponseSchema>;

export const scansQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  symbol: symbolSchema.optional(),
  exchange: exchangeIdSchema.optional(),
});
export type ScansQuery = z.infer<typeof scansQuerySchema>;

export const scansResponseSchema = z.object({
  success: z.literal(true),
  scans: z.array(scanSummarySchema),
  nextCursor: z.string().nullable(),
});
export type ScansResponse = z.infer<typeof scansResponseSchema>;

export const scanResponseSchema = z.object({
  success: z.literal(true),
  scan: scanSummarySchema,
  signals: z.array(scanResultSchema),
  failures: z.array(symbolFailureSchema),
});
export type ScanResponse = z.infer<typeof scanResponseSchema>;

export const cancelScanResponseSchema = z.object({
  success: z.literal(true),
  scanId: scanIdSchema,
  status: z.enum(JOB_STATUSES),
  message: z.string(),
});
export type CancelScanResponse = z.infer<typeof cancelScanResponseSchema>;

export const scheduleSchema = z.strictObject({
  enabled: z.boolean(),
  intervalMinutes: z.int().min(1).max(1440).default(15),
  /** `null` scans the default universe. */
  symbols: z.array(symbolSchema).min(1).max(MAX_SCAN_SYMBOLS).nullable().default(null),
  exchange: exchangeIdSchema.nullable().default(null),
  timeframe: timeframeSchema.default('1h'),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const scheduleResponseSchema = z.object({
  success: z.literal(true),
  schedule: scheduleSchema,
  nextScanAt: isoTimeSchema.nullable(),
  lastSlot: z
    .object({
      slot: isoTimeSchema,
      outcome: z.enum(['started', 'skipped', 'caught_up', 'failed']),
      scanId: scanIdSchema.nullable(),
      detail: z.string().nullable(),
    })
    .nullable(),
});
export type ScheduleResponse = z.infer<typeof scheduleResponseSchema>;

export const signalChangeSchema = z.object({
  symbol: symbolSchema,
  change: z.enum(['new', 'dropped', 'flipped', 'strengthened', 'weakened', 'price_move', 'regime_change']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Strength points, percent of price or `null`, as the kind of change has it. */
  delta: z.number().nullable(),
  detail: z.string(),
});
export type SignalChange = z.infer<typeof signalChangeSchema>;

export const scanDiffResponseSchema = z.object({
  success: z.literal(true),
  from: scanIdSchema,
  to: scanIdSchema,
  changes: z.array(signalChangeSchema),
});
export type ScanDiffResponse = z.infer<typeof scanDiffResponseSchema>;
