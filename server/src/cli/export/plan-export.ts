import { extname, resolve } from 'node:path';
import { exchangeIdSchema, ScannerError, symbolSchema, type Timeframe } from '@fast-scanner/shared';
import { z } from 'zod';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type TrainingKind,
  type TrainingRange,
} from '../../store/training/training-store.ts';
import { requireFile } from '../output-file.ts';
import { toUsageError } from '../to-usage-error.ts';
import type { ExportOptions } from './export-options.ts';

export interface ExportPlan {
  readonly symbol: string;
  /** `null`: the only one that has such data. */
  readonly exchange: string | null;
  readonly timeframe: Timeframe;
  readonly kind: TrainingKind;
  readonly range: TrainingRange;
  readonly format: ExportFormat;
  /** Absolute. */
  readonly path: string;
}

const DAY_MS = 86_400_000;

const namesSchema = z.object({ symbol: symbolSchema, exchange: exchangeIdSchema.optional() });

/** @param now epoch ms UTC @throws ScannerError `invalid_input`, which names the option */
export async function planExport(
  { symbol, exchange, timeframe, kind, days, format, out }: ExportOptions,
  { folder, now }: { readonly folder: string; readonly now: number },
): Promise<ExportPlan> {
  const parsed = namesSchema.safeParse({ symbol, exchange });
  if (!parsed.success)
    throw toUsageError(parsed.error.issues, { symbol: '--symbol', exchange: '--exchange' });
  return {
    symbol,
    exchange: exchange ?? null,
    timeframe,
    kind,
    range: { from: now - days * DAY_MS, to: now },
    format: format ?? formatOf(out),
    path: await requireFile(resolve(folder, out), '--out'),
  };
}

function formatOf(out: string): ExportFormat {
  const ending = extname(out).slice(1).toLowerCase();
  const format = EXPORT_FORMATS.find((known) => known === ending);
  if (format) return format;
  const detail = `--format: name one of ${EXPORT_FORMATS.join(', ')}, or let --out end in it`;
  throw new ScannerError('invalid_input', detail);
}
