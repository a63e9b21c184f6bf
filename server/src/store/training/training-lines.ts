import { type CandleColumns, type CandleRow, ScannerError } from '@fast-scanner/shared';
import { toStrictJson } from '../sqlite/strict-json.ts';
import { CANDLE_FIELDS } from './candle-fields.ts';
import type { TrainingFile } from './training-file.ts';
import type { StoredRecord, TrainingRecord } from './training-store.ts';

/** One record as a line of JSON, without its end. */
export interface TimedLine {
  /** Its identity within its file, epoch ms UTC. */
  readonly time: number;
  readonly line: string;
}

/** After the last time that has a four-digit year. */
const END_OF_TIME = Date.UTC(10_000, 0);

/**
 * @throws ScannerError `invalid_input` when the close time is not ISO 8601 UTC with milliseconds
 * @throws TypeError for values that JSON cannot hold
 */
export function toRecordLine(record: TrainingRecord): TimedLine {
  const time = parseIsoTime(record.candleCloseTime);
  if (time !== null) return { time, line: toStrictJson(record) };
  const shown = JSON.stringify(record.candleCloseTime);
  throw new ScannerError('invalid_input', `candleCloseTime ${shown} is not such as 2026-01-02T03:00:00.000Z`);
}

/** @throws ScannerError `invalid_input` for a time that is none @throws TypeError for NaN and infinities */
export function toCandleLines(columns: CandleColumns): TimedLine[] {
  return Array.from(columns.openTime, (time, index) => {
    if (!isTime(time)) throw new ScannerError('invalid_input', `openTime ${time} is not a time in ms UTC`);
    const values = CANDLE_FIELDS.map((field) => {
      const value = columns[field][index] ?? Number.NaN;
      if (!Number.isFinite(value)) throw new TypeError(`${field} is ${value}, which cannot be stored`);
      return `"${field}":${value}`;
    });
    return { time, line: `{${values.join(',')}}` };
  });
}

/** The time of a line of the file; `null` when it is not a whole and valid record of it. */
export function timeOfLine(file: TrainingFile, line: string): number | null {
  const value = parseObject(line);
  if (!value) return null;
  const time = file.kind === 'ohlcv' ? timeOfCandle(value) : timeOfRecord(file, value);
  return time !== null && time >= file.period.from && time < file.period.to ? time : null;
}

/** A line that `timeOfLine` has approved of. */
export function parseRecord(line: string): StoredRecord {
  return JSON.parse(line) as StoredRecord; // checked by timeOfLine
}

/** A line that `timeOfLine` has approved of. */
export function parseCandle(line: string): CandleRow {
  const { openTime, open, high, low, close, volume } = JSON.parse(line) as Record<string, number>; // as above
  const nan = Number.NaN;
  return [openTime ?? nan, open ?? nan, high ?? nan, low ?? nan, close ?? nan, volume ?? nan];
}

function timeOfCandle(value: Readonly<Record<string, unknown>>): number | null {
  const isWhole = CANDLE_FIELDS.every((field) => Number.isFinite(value[field]));
  return isWhole && isTime(value['openTime']) ? value['openTime'] : null;
}

function timeOfRecord({ series }: TrainingFile, value: Readonly<Record<string, unknown>>): number | null {
  const isOfSeries =
    value['exchange'] === series.exchange &&
    value['symbol'] === series.symbol &&
    value['timeframe'] === series.timeframe;
  return isOfSeries ? parseIsoTime(value['candleCloseTime']) : null;
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null; // what JSON calls an object
  } catch {
    return null;
  }
}

function parseIsoTime(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const time = Date.parse(text);
  return isTime(time) && new Date(time).toISOString() === text ? time : null;
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < END_OF_TIME;
}
