import {
  type QuickScanResponse,
  type QuickSignal,
  type SymbolFailure,
  toIsoTime,
} from '@fast-scanner/shared';
import type { ScanJob } from './scan-record.ts';

export interface QuickScanOutcome {
  readonly signals: readonly QuickSignal[];
  readonly failures: readonly SymbolFailure[];
  readonly scanTimeMs: number;
  /** Wall clock of the answer, epoch ms. */
  readonly now: number;
}

/** The answer of phase 1. */
export function toQuickScanResponse({ id, input }: ScanJob, outcome: QuickScanOutcome): QuickScanResponse {
  const next = input.analyze ? 'Deep analysis running in background.' : 'Deep analysis was not asked for.';
  return {
    success: true,
    scanId: id,
    exchange: input.exchange,
    dataSource: input.dataSource,
    signals: [...outcome.signals],
    count: outcome.signals.length,
    requested: input.symbols.length,
    failures: [...outcome.failures],
    scanTimeMs: Math.round(outcome.scanTimeMs),
    timestamp: toIsoTime(outcome.now),
    message: `Quick scan complete. ${next}`,
  };
}
