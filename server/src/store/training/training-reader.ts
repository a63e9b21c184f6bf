import {
  type CandleColumns,
  columnsFromRows,
  ScannerError,
  sliceColumns,
  TIMEFRAMES,
  type Timeframe,
} from '@fast-scanner/shared';
import type { Catalog } from './catalog.ts';
import { mergeCandles } from './merge-candles.ts';
import type { SealedFiles } from './sealed-files.ts';
import type { TrainingFile } from './training-file.ts';
import { parseCandle, parseRecord, type TimedLine } from './training-lines.ts';
import type {
  JoinedLabel,
  LabelRecord,
  SeriesId,
  StoredRecord,
  TrainingData,
  TrainingKind,
  TrainingQuery,
  TrainingRange,
} from './training-store.ts';

type RecordKind = Exclude<TrainingKind, 'ohlcv'>;

/** Reads over all files of a series, open and sealed. */
export class TrainingReader {
  readonly #catalog: Catalog;
  readonly #sealedFiles: SealedFiles;

  constructor(catalog: Catalog, sealedFiles: SealedFiles) {
    this.#catalog = catalog;
    this.#sealedFiles = sealedFiles;
  }

  /** @throws ScannerError `invalid_input` when an exchange has to be named */
  async read({ exchange: asked, symbol, from, to }: TrainingQuery): Promise<TrainingData> {
    const exchange = asked ?? this.#onlyExchange(symbol);
    if (exchange === null) return { exchange, signals: [], ohlcv: new Map(), clustering: [], labels: [] };
    const records = (kind: RecordKind) => this.#readAllRecords(kind, { exchange, symbol, from, to });
    const signals = await records('signals');
    return {
      exchange,
      signals,
      ohlcv: await this.#readAllCandles({ exchange, symbol, from, to }),
      clustering: await records('clustering'),
      labels: joinLabels(await records('labels'), signals),
    };
  }

  /** Of one series, oldest first. */
  async readRecords(kind: RecordKind, series: SeriesId, range: TrainingRange): Promise<StoredRecord[]> {
    const lines: TimedLine[] = [];
    for (const file of this.#filesIn(kind, series, range))
      for (const line of await this.#readLines(file)) if (isIn(range, line.time)) lines.push(line);
    return lines.sort((a, b) => a.time - b.time).map(({ line }) => parseRecord(line));
  }

  /** Of one series, oldest first. */
  async readCandles(series: SeriesId, range: TrainingRange): Promise<CandleColumns> {
    const parts: CandleColumns[] = [];
    for (const file of this.#filesIn('ohlcv', series, range)) parts.push(await this.#readCandleFile(file));
    const columns = mergeCandles(parts.length > 0 ? parts : [columnsFromRows([])]);
    const first = columns.openTime.findIndex((time) => time >= range.from);
    const last = columns.openTime.findLastIndex((time) => time <= range.to);
    return sliceColumns(columns, first === -1 ? last + 1 : first, last + 1);
  }

  async #readAllRecords(kind: RecordKind, query: Required<TrainingQuery>): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for (const timeframe of TIMEFRAMES)
      records.push(...(await this.readRecords(kind, { ...query, timeframe }, query)));
    return records.sort((a, b) => (a.candleCloseTime < b.candleCloseTime ? -1 : 1));
  }

  async #readAllCandles(query: Required<TrainingQuery>): Promise<Map<Timeframe, CandleColumns>> {
    const found = new Map<Timeframe, CandleColumns>();
    for (const timeframe of TIMEFRAMES) {
      const columns = await this.readCandles({ ...query, timeframe }, query);
      if (columns.openTime.length > 0) found.set(timeframe, columns);
    }
    return found;
  }

  #filesIn(kind: TrainingKind, series: SeriesId, { from, to }: TrainingRange): TrainingFile[] {
    return this.#catalog.filesOf(kind, series).filter(({ period }) => period.from <= to && period.to > from);
  }

  async #readLines({ path }: TrainingFile): Promise<readonly TimedLine[]> {
    const open = this.#catalog.open(path);
    if (open) return open.read();
    const sealed = this.#catalog.sealed(path);
    return (sealed && (await this.#sealedFiles.readLines(sealed))) ?? [];
  }

  async #readCandleFile(file: TrainingFile): Promise<CandleColumns> {
    const sealed = this.#catalog.sealed(file.path);
    if (sealed) return (await this.#sealedFiles.readCandles(sealed)) ?? columnsFromRows([]);
    return columnsFromRows((await this.#readLines(file)).map(({ line }) => parseCandle(line)));
  }

  #onlyExchange(symbol: string): string | null {
    const [exchange = null, ...others] = this.#catalog.exchangesOf(symbol);
    if (others.length === 0) return exchange;
    const names = [exchange, ...others].join(', ');
    throw new ScannerError(
      'invalid_input',
      `there are training data of ${symbol} from ${names}: name one exchange`,
    );
  }
}

function joinLabels(labels: readonly StoredRecord[], signals: readonly StoredRecord[]): JoinedLabel[] {
  const identity = ({ timeframe, candleCloseTime }: StoredRecord) => `${timeframe} ${candleCloseTime}`;
  const byIdentity = new Map(signals.map((signal) => [identity(signal), signal]));
  return labels.map((label) => ({
    label: label as unknown as LabelRecord, // written by appendLabels
    signal: byIdentity.get(identity(label)) ?? null,
  }));
}

function isIn({ from, to }: TrainingRange, time: number): boolean {
  return time >= from && time <= to;
}
