import { parseSymbol, timeframeMs } from '@fast-scanner/shared';
import type { CandleSeriesKey, DueSignal } from '../../store/signal-record.ts';

/** Signals of one series that are read together. */
export interface DueSeries extends CandleSeriesKey {
  /** By the close of their candle. */
  readonly signals: readonly DueSignal[];
  /** Candles that open at or after this, and before that, decide them; epoch ms UTC. */
  readonly from: number;
  readonly to: number;
}

/** Candles of one read, about: signals farther apart are read one after the other. */
const CANDLES_PER_READ = 5_000;
const WEEK_MS = 604_800_000;

/** The signals by their series, each with the candles it needs. */
export function groupDueSignals(signals: readonly DueSignal[]): DueSeries[] {
  const bySeries = new Map<string, DueSignal[]>();
  for (const signal of signals) {
    const key = keyOf(signal);
    const known = bySeries.get(key);
    if (known) known.push(signal);
    else bySeries.set(key, [signal]);
  }
  return [...bySeries.values()].flatMap(cutSeries);
}

/** What tells a series from the others of its exchange. */
export function keyOf({ symbol, timeframe }: Pick<CandleSeriesKey, 'symbol' | 'timeframe'>): string {
  return `${timeframe} ${symbol}`;
}

function cutSeries(signals: readonly DueSignal[]): DueSeries[] {
  const pieces: DueSignal[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const signal of signals.toSorted((one, other) => one.candleCloseTime - other.candleCloseTime)) {
    const isNear = signal.candleCloseTime < end;
    if (!isNear) end = signal.candleCloseTime + CANDLES_PER_READ * timeframeMs(signal.timeframe);
    if (isNear) pieces.at(-1)?.push(signal);
    else pieces.push([signal]);
  }
  return pieces.flatMap(toSeries);
}

function toSeries(signals: readonly DueSignal[]): DueSeries[] {
  const [first] = signals;
  if (!first) return [];
  const { exchange, symbol, timeframe, candleCloseTime: from } = first;
  return [{ exchange, symbol, timeframe, signals, from, to: Math.max(...signals.map(lastWanted)) }];
}

/**
 * Twice the horizon: a candle after it says that one within it is missing and does not just come late. Stocks pause for days, and take
 * longer for as many candles.
 */
function lastWanted({ symbol, timeframe, candleCloseTime, horizonCandles, prediction }: DueSignal): number {
  const candles = Math.max(horizonCandles, prediction?.horizonCandles ?? 0);
  const pauses = parseSymbol(symbol)?.kind === 'stock' ? 3 * WEEK_MS : 0;
  return candleCloseTime + 2 * candles * timeframeMs(timeframe) + pauses;
}
