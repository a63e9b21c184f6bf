import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTimeframe, ScannerError } from '@fast-scanner/shared';
import { toSymbolFileName } from '../../store/training/symbol-file-name.ts';
import type { SeriesId, TrainingKind } from '../../store/training/training-store.ts';
import type { ExportPlan } from './plan-export.ts';

const NOUNS: Readonly<Record<TrainingKind, string>> = {
  signals: 'signals',
  ohlcv: 'candles',
  clustering: 'clusters',
  labels: 'labels',
};

type Wanted = Pick<ExportPlan, 'symbol' | 'exchange' | 'timeframe' | 'kind'>;

/**
 * The series that is wanted, among those that have data of the kind.
 * @throws ScannerError `not_found`, `invalid_input` when an exchange has to be named
 */
export async function findSeries(folder: string, wanted: Wanted): Promise<SeriesId> {
  const { symbol, kind, timeframe } = wanted;
  const kept = await listSeries(folder, wanted);
  const exchanges = [...new Set(kept.map(({ exchange }) => exchange))];
  const exchange = wanted.exchange ?? exchanges[0];
  if (exchange === undefined || !exchanges.includes(exchange)) throw nothingKept(wanted);
  if (wanted.exchange === null && exchanges.length > 1) {
    const detail = `there are ${NOUNS[kind]} of ${symbol} from ${exchanges.join(', ')}: name one with --exchange`;
    throw new ScannerError('invalid_input', detail);
  }
  const timeframes = kept.filter((series) => series.exchange === exchange).map((series) => series.timeframe);
  if (timeframes.includes(timeframe)) return { exchange, symbol, timeframe };
  const there = `${timeframes.join(', ')}: name one with --timeframe`;
  throw new ScannerError(
    'not_found',
    `there are no ${NOUNS[kind]} of ${symbol} on ${exchange} for ${timeframe}, but for ${there}`,
  );
}

/** What to say when there are no data, be it within the time that is wanted. */
export function nothingKept({ symbol, kind, exchange }: Wanted, when = ''): ScannerError {
  const where = exchange === null ? '' : ` on ${exchange}`;
  const remedy = `the continuous scanner collects while it runs: fast-scanner continuous --symbols ${symbol}`;
  return new ScannerError('not_found', `there are no ${NOUNS[kind]} of ${symbol}${where}${when}; ${remedy}`);
}

async function listSeries(folder: string, { symbol, kind }: Wanted): Promise<readonly SeriesId[]> {
  const series: SeriesId[] = [];
  for (const exchange of await namesIn(join(folder, kind))) {
    for (const timeframe of await namesIn(join(folder, kind, exchange, toSymbolFileName(symbol))))
      if (isTimeframe(timeframe)) series.push({ exchange, symbol, timeframe });
  }
  return series;
}

/** Sorted; none when there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.sort();
}
