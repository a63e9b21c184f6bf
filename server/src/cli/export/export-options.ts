import type { Timeframe } from '@fast-scanner/shared';
import type { ExportFormat, TrainingKind } from '../../store/training/training-store.ts';

/** What `fast-scanner export` was asked. */
export interface ExportOptions {
  readonly symbol: string;
  readonly exchange?: string;
  readonly timeframe: Timeframe;
  readonly kind: TrainingKind;
  readonly days: number;
  /** Without it the ending of `out` says it. */
  readonly format?: ExportFormat;
  readonly out: string;
}
