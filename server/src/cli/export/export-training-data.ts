import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { readEnvironment } from '../../config/read-environment.ts';
import { systemClock } from '../../ops/system-clock.ts';
import { openTrainingStore } from '../../store/training/open-training-store.ts';
import type { SeriesId, TrainingExport } from '../../store/training/training-store.ts';
import type { CliContext } from '../cli-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { formatCount } from '../format-cells.ts';
import { replaceFile } from '../output-file.ts';
import { reportFailure } from '../server/report-failure.ts';
import { copySeries } from './copy-series.ts';
import type { ExportOptions } from './export-options.ts';
import { findSeries, nothingKept } from './find-series.ts';
import { type ExportPlan, planExport } from './plan-export.ts';

/** More than there can be: a copy of old data is to keep them. */
const KEEP_ALL_DAYS = 36_500;

/**
 * Writes what the continuous scanner has collected of one series to a file; answers the exit code. It reads a copy of the files, so that a
 * scanner that runs may go on.
 */
export async function exportTrainingData(options: ExportOptions, context: CliContext): Promise<number> {
  try {
    const { dataDir } = loadConfig(readEnvironment(context.env, context.folder));
    const plan = await planExport(options, { folder: context.folder, now: systemClock.now() });
    const folder = join(dataDir, 'training_data');
    const series = await findSeries(folder, plan);
    context.signal.throwIfAborted();
    const { bytes, rows } = await readCopy(folder, series, plan);
    if (rows === 0)
      throw nothingKept({ ...plan, ...series }, ` of the last ${formatCount(options.days, 'day')}`);
    context.signal.throwIfAborted();
    await replaceFile(plan.path, bytes);
    context.stdout.write(`${formatCount(rows, 'row')}: ${plan.path}\n`);
    return EXIT_CODES.ok;
  } catch (error) {
    return reportFailure(error, {}, context);
  }
}

async function readCopy(
  folder: string,
  series: SeriesId,
  { kind, range, format }: ExportPlan,
): Promise<TrainingExport> {
  const copy = await mkdtemp(join(tmpdir(), 'fast-scanner-export-'));
  try {
    const kinds = kind === 'signals' ? (['signals', 'labels'] as const) : [kind]; // signals have their label beside them
    await copySeries({ from: folder, to: copy, series, kinds, range });
    const store = await openTrainingStore({ folder: copy, clock: systemClock, retentionDays: KEEP_ALL_DAYS });
    try {
      return await store.exportFile({ ...series, ...range, kind, format });
    } finally {
      await store.close();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
