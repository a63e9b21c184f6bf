import type {
  LabelRecord,
  SeriesId,
  StoredRecord,
  TrainingStore,
} from '@fast-scanner/server/store/training/training-store.ts';
import {
  type CandleColumns,
  type CandleRow,
  columnsFromRows,
  rowsFromColumns,
  type Timeframe,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** The present of these tests: a Monday in the middle of the day. */
export const NOON = Date.UTC(2026, 0, 5, 12);
/** All there is. */
export const ALWAYS = { from: 0, to: Date.UTC(2100, 0) };

export function series(symbol = 'BTC/USDT', timeframe: Timeframe = '5m'): SeriesId {
  return { exchange: 'demo', symbol, timeframe };
}

/** What a signal of the continuous scanner looks like, in short. */
export function signal(closeTime: number, id: SeriesId = series()): StoredRecord {
  return {
    ...id,
    candleCloseTime: toIsoTime(closeTime),
    ...{ style: 'scalp', price: 100 + (closeTime % 7) / 3, signal_type: 'STRONG_BUY' },
    ...{ momentum: { momentum_score: 61.5, volume_ratio: null }, tags: ['a', 'b'] },
  };
}

export function label(closeTime: number, id: SeriesId = series()): LabelRecord {
  return {
    ...id,
    candleCloseTime: toIsoTime(closeTime),
    outcome: 'target',
    forward_return_pct: 1.25,
    horizon_candles: 12,
    labelled_at: toIsoTime(closeTime + HOUR_MS),
  };
}

/** Candles one after the other; what is in them follows from their open times. */
export function candles(firstOpenTime: number, count: number, timeframe: Timeframe = '5m'): CandleColumns {
  const step = timeframeMs(timeframe);
  return columnsFromRows(Array.from({ length: count }, (_, index) => candleAt(firstOpenTime + index * step)));
}

export function candleAt(openTime: number): CandleRow {
  const open = 100 + ((openTime / 60_000) % 997) / 7;
  return [openTime, open, open * 1.01, open * 0.99, open + 0.1, 1 / 3 + (openTime % 11)];
}

/** Everything of a symbol on the exchange `demo`, as plain values. */
export async function readAll(store: TrainingStore, symbol = 'BTC/USDT') {
  const { signals, clustering, labels, ohlcv } = await store.read({ exchange: 'demo', symbol, ...ALWAYS });
  const rows = Object.fromEntries(
    Array.from(ohlcv, ([timeframe, columns]) => [timeframe, rowsFromColumns(columns)]),
  );
  return { signals, clustering, labels, ohlcv: rows };
}
