import { fileFor } from './training-file.ts';
import { type TimedLine, toCandleLines, toRecordLine } from './training-lines.ts';
import type { SeriesId, TrainingBatch, TrainingKind, TrainingRecord } from './training-store.ts';
import type { FileLines } from './training-writer.ts';

/**
 * The batch as lines for files.
 * @throws ScannerError `invalid_input` for what cannot be filed @throws TypeError for what JSON cannot hold
 */
export function prepareBatch({ signals = [], candles = [], clustering = [] }: TrainingBatch): FileLines[] {
  return [
    ...prepareRecords('signals', signals),
    ...prepareRecords('clustering', clustering),
    ...candles.flatMap(({ columns, ...series }) => divide('ohlcv', series, toCandleLines(columns))),
  ];
}

export function prepareRecords(kind: TrainingKind, records: readonly TrainingRecord[]): FileLines[] {
  return records.flatMap((record) => divide(kind, record, [toRecordLine(record)]));
}

/** Lines of a series by the files they go to. */
function divide(kind: TrainingKind, series: SeriesId, lines: readonly TimedLine[]): FileLines[] {
  const { exchange, symbol, timeframe } = series;
  const parts: { file: FileLines['file']; lines: TimedLine[] }[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    const { from, to } = last?.file.period ?? { from: 0, to: 0 };
    if (last && line.time >= from && line.time < to) last.lines.push(line);
    else parts.push({ file: fileFor(kind, { exchange, symbol, timeframe }, line.time), lines: [line] });
  }
  return parts;
}
