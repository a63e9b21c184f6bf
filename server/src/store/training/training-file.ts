import { isTimeframe, ScannerError } from '@fast-scanner/shared';
import { type Period, parsePeriod, periodOf } from './periods.ts';
import { isExchangeFolder, symbolOfFileName, toSymbolFileName } from './symbol-file-name.ts';
import { type SeriesId, TRAINING_KINDS, type TrainingKind } from './training-store.ts';

/** Where records of one kind, series and period are kept. */
export interface TrainingFile {
  readonly kind: TrainingKind;
  readonly series: SeriesId;
  readonly period: Period;
  readonly format: 'jsonl' | 'parquet';
  /** Within the folder, with forward slashes, such as `signals/demo/BTC%2FUSDT/5m/2026-01-05.jsonl`. */
  readonly path: string;
}

/**
 * Folder of a series within the training data's, with forward slashes.
 * @throws ScannerError `invalid_input` when exchange, symbol or timeframe cannot name one
 */
export function seriesFolder(kind: TrainingKind, { exchange, symbol, timeframe }: SeriesId): string {
  if (!isExchangeFolder(exchange))
    throw new ScannerError('invalid_input', `exchange ${JSON.stringify(exchange)} is not an exchange id`);
  if (!isTimeframe(timeframe))
    throw new ScannerError('invalid_input', `timeframe ${JSON.stringify(timeframe)} is not known`);
  return `${kind}/${exchange}/${toSymbolFileName(symbol)}/${timeframe}`;
}

/** The file of JSON Lines that takes a record of this time (epoch ms UTC). @throws ScannerError `invalid_input` */
export function fileFor(kind: TrainingKind, series: SeriesId, time: number): TrainingFile {
  const folder = seriesFolder(kind, series);
  const period = periodOf(kind, series.timeframe, time);
  return { kind, series, period, format: 'jsonl', path: `${folder}/${period.name}.jsonl` };
}

/** The same records in the other format. */
export function withFormat(file: TrainingFile, format: TrainingFile['format']): TrainingFile {
  return { ...file, format, path: file.path.replace(/\.\w+$/, `.${format}`) };
}

/** What a path within the folder stands for; `null` when it is not one of our files. */
export function parseTrainingPath(path: string): TrainingFile | null {
  const [kindName = '', exchange = '', symbolName = '', timeframe = '', name = '', ...rest] = path.split('/');
  const kind = TRAINING_KINDS.find((known) => known === kindName);
  const symbol = symbolOfFileName(symbolName);
  const [periodName = '', extension, ...more] = name.split('.');
  if (!kind || symbol === null || !isTimeframe(timeframe) || !isExchangeFolder(exchange)) return null;
  const isKnownFormat = extension === 'jsonl' || (extension === 'parquet' && kind === 'ohlcv');
  const period = parsePeriod(periodName, kind, timeframe);
  if (!period || !isKnownFormat || rest.length + more.length > 0) return null;
  return { kind, series: { exchange, symbol, timeframe }, period, format: extension, path };
}
