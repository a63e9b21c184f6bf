import type { CandleColumns } from '@fast-scanner/shared';

/** A trade as it is entered. */
export interface EnteredTrade {
  /** 1 long, −1 short. */
  readonly side: 1 | -1;
  readonly stop: number | null;
  readonly target: number | null;
  /** Position of the candle at whose open it is entered. */
  readonly start: number;
  /** Position behind the last candle of the horizon. */
  readonly end: number;
}

/** How a trade ended. */
export interface EndedTrade {
  readonly outcome: 'target' | 'stop' | 'timeout';
  /** Position of the candle in which it ended. */
  readonly exitIndex: number;
  readonly exitPrice: number;
  /** Largest move for and against it until then, percent of the entry, both 0 or above. */
  readonly favourablePct: number;
  readonly adversePct: number;
}

type Exit = Pick<EndedTrade, 'outcome' | 'exitIndex' | 'exitPrice'>;

/**
 * Follows a trade candle by candle to its stop, its target or the close of the horizon's last candle. A candle that opens beyond a
 * price ends it at the open; one that reaches both within ends it at the stop, because its path is not known. Reads no candle after the
 * one that decides. There is at least one candle.
 */
export function followTrade(candles: CandleColumns, trade: EnteredTrade): EndedTrade {
  const exit = findExit(candles, trade);
  return { ...exit, ...findExcursions(candles, trade, exit) };
}

/** Prices times the side: one comparison serves both sides, the stop lies below, the target above. */
function findExit({ open, high, low, close }: CandleColumns, trade: EnteredTrade): Exit {
  const { side, start, end } = trade;
  const stop = trade.stop === null ? Number.NEGATIVE_INFINITY : side * trade.stop;
  const target = trade.target === null ? Number.POSITIVE_INFINITY : side * trade.target;
  for (let i = start; i < end; i += 1) {
    const opened = side * (open[i] ?? Number.NaN);
    if (opened <= stop) return { outcome: 'stop', exitIndex: i, exitPrice: side * opened };
    if (opened >= target) return { outcome: 'target', exitIndex: i, exitPrice: side * opened };
    const worst = side * ((side === 1 ? low[i] : high[i]) ?? Number.NaN);
    if (worst <= stop) return { outcome: 'stop', exitIndex: i, exitPrice: side * stop };
    const best = side * ((side === 1 ? high[i] : low[i]) ?? Number.NaN);
    if (best >= target) return { outcome: 'target', exitIndex: i, exitPrice: side * target };
  }
  return { outcome: 'timeout', exitIndex: end - 1, exitPrice: close[end - 1] ?? Number.NaN };
}

/** Of the candle in which a price ended the trade only that price counts: what its other prices came before or after is not known. */
function findExcursions(
  { open, high, low }: CandleColumns,
  { side, start }: EnteredTrade,
  { outcome, exitIndex, exitPrice }: Exit,
): Pick<EndedTrade, 'favourablePct' | 'adversePct'> {
  const entry = open[start] ?? Number.NaN;
  const whole = outcome === 'timeout' ? exitIndex + 1 : exitIndex;
  let highest = Math.max(entry, exitPrice);
  let lowest = Math.min(entry, exitPrice);
  for (let i = start; i < whole; i += 1) {
    highest = Math.max(highest, high[i] ?? Number.NaN);
    lowest = Math.min(lowest, low[i] ?? Number.NaN);
  }
  const rise = (100 * (highest - entry)) / entry;
  const fall = (100 * (entry - lowest)) / entry;
  return side === 1 ? { favourablePct: rise, adversePct: fall } : { favourablePct: fall, adversePct: rise };
}
