import { assertNever, type CandleColumns } from '@fast-scanner/shared';
import { flattenRecords } from './flatten-records.ts';
import { TRAINING_SCHEMA_VERSION } from './manifest.ts';
import { toParquet } from './parquet.ts';
import { joinLines } from './scan-lines.ts';
import { toSymbolFileName } from './symbol-file-name.ts';
import { candleTable, type TableColumn } from './table.ts';
import { tableToCsv } from './table-csv.ts';
import { type TimedLine, toCandleLines, toRecordLine } from './training-lines.ts';
import type { TrainingReader } from './training-reader.ts';
import type { ExportFormat, ExportQuery, StoredRecord, TrainingExport } from './training-store.ts';

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  parquet: 'application/vnd.apache.parquet',
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
};

interface Rows {
  readonly count: number;
  readonly toTable: () => TableColumn[];
  readonly toLines: () => TimedLine[];
}

/** One kind of one series as a file. Signals have their label as a field `label`, `null` as long as there is none. */
export async function exportFile(reader: TrainingReader, query: ExportQuery): Promise<TrainingExport> {
  const { exchange, symbol, timeframe, format, kind = 'ohlcv' } = query;
  const rows =
    kind === 'ohlcv' ? candleRows(await reader.readCandles(query, query)) : await recordRows(reader, query);
  const about = { exchange, symbol, timeframe, kind, schemaVersion: String(TRAINING_SCHEMA_VERSION) };
  return {
    bytes: encode(rows, format, about),
    rows: rows.count,
    fileName: `${exchange}-${toSymbolFileName(symbol)}-${timeframe}-${kind}.${format}`,
    contentType: CONTENT_TYPES[format],
  };
}

function encode(
  { toTable, toLines }: Rows,
  format: ExportFormat,
  about: Readonly<Record<string, string>>,
): Buffer {
  switch (format) {
    case 'parquet':
      return toParquet(toTable(), about);
    case 'jsonl':
      return joinLines(toLines());
    case 'csv':
      return tableToCsv(toTable());
    default:
      return assertNever(format);
  }
}

function candleRows(columns: CandleColumns): Rows {
  return {
    count: columns.openTime.length,
    toTable: () => candleTable(columns),
    toLines: () => toCandleLines(columns),
  };
}

async function recordRows(reader: TrainingReader, query: ExportQuery): Promise<Rows> {
  const { kind = 'ohlcv' } = query;
  const records = kind === 'ohlcv' ? [] : await reader.readRecords(kind, query, query);
  const rows =
    kind === 'signals' ? withLabels(records, await reader.readRecords('labels', query, query)) : records;
  return {
    count: rows.length,
    toTable: () => flattenRecords(rows),
    toLines: () => rows.map(toRecordLine),
  };
}

function withLabels(signals: readonly StoredRecord[], labels: readonly StoredRecord[]): StoredRecord[] {
  const byTime = new Map(labels.map((label) => [label.candleCloseTime, label]));
  return signals.map((signal) => {
    const found = byTime.get(signal.candleCloseTime);
    if (!found) return { ...signal, label: null };
    const { exchange, symbol, timeframe, candleCloseTime, ...label } = found;
    return { ...signal, label };
  });
}
