import type { BacktestOptions } from '@fast-scanner/server/analysis/backtest/backtest-options.ts';
import { ORDER, type SignalColumns } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { type CandleColumns, rowsFromColumns } from '@fast-scanner/shared';

interface Position {
  readonly side: 1 | -1;
  readonly units: number;
  readonly entryIndex: number;
  readonly entryPrice: number;
  stop: number | null;
  target: number | null;
}

export interface LedgerTrade {
  readonly side: number;
  readonly units: number;
  readonly entryIndex: number;
  readonly exitIndex: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly reason: string;
}

/**
 * The rules of the engine written down a second time, candle by candle and with an object for everything, as one would do it
 * with a pencil: slow, and unlike the engine in every other way. Knows no ruin, so feed it moves that ruin nobody.
 */
export function keepLedger(candles: CandleColumns, signals: SignalColumns, options: BacktestOptions) {
  const { commissionRate, slippageRate, direction, lastTrade } = options;
  const rows = rowsFromColumns(candles);
  const trades: LedgerTrade[] = [];
  const equity: number[] = [];
  let cash = options.cash;
  let position: Position | null = null;

  const buy = (price: number) => price * (1 + slippageRate);
  const sell = (price: number) => price * (1 - slippageRate);
  const leave = (index: number, price: number, reason: string) => {
    if (position === null) return;
    const { side, units, entryIndex, entryPrice } = position;
    cash += side * units * price - commissionRate * units * price;
    trades.push({ side, units, entryIndex, exitIndex: index, entryPrice, exitPrice: price, reason });
    position = null;
  };
  const leaveAtMarket = (index: number, price: number, reason: string) =>
    leave(index, position?.side === 1 ? sell(price) : buy(price), reason);

  for (const [index, [, open, high, low, close]] of rows.entries()) {
    const isLast = index === rows.length - 1;
    if (isLast && lastTrade === 'open') {
      leaveAtMarket(index, open, 'end');
      equity.push(cash);
      continue;
    }
    const order = index > options.tradeFrom ? signals.order[index - 1] : ORDER.none;
    const isLong = position?.side === 1;
    const isShort = position?.side === -1;
    if (isLong && [ORDER.short, ORDER.exitLong, ORDER.exit].some((code) => code === order))
      leaveAtMarket(index, open, 'order');
    if (isShort && [ORDER.long, ORDER.exitShort, ORDER.exit].some((code) => code === order))
      leaveAtMarket(index, open, 'order');
    if (position === null && (order === ORDER.long || order === ORDER.short)) {
      const side = order === ORDER.long ? 1 : -1;
      if (direction === 'both' || direction === (side === 1 ? 'long' : 'short')) {
        const price = side === 1 ? buy(open) : sell(open);
        const affordable = cash / (price + price * commissionRate);
        const units = options.units === 'whole' ? Math.floor(affordable) : affordable;
        if (units > 0) {
          cash -= side * units * price + commissionRate * units * price;
          position = { side, units, entryIndex: index, entryPrice: price, stop: null, target: null };
        }
      }
    }
    const held = position as Position | null; // the closures above change it behind the compiler's back
    if (held !== null) {
      const stop = signals.stop[index - 1] ?? Number.NaN;
      const target = signals.target[index - 1] ?? Number.NaN;
      if (!Number.isNaN(stop)) held.stop = stop;
      if (!Number.isNaN(target)) held.target = target;
      if (held.side === 1) {
        if (held.stop !== null && low <= held.stop) leave(index, sell(Math.min(open, held.stop)), 'stop');
        else if (held.target !== null && high >= held.target)
          leave(index, Math.max(open, held.target), 'target');
      } else if (held.stop !== null && high >= held.stop)
        leave(index, buy(Math.max(open, held.stop)), 'stop');
      else if (held.target !== null && low <= held.target)
        leave(index, Math.min(open, held.target), 'target');
    }
    if (isLast) leaveAtMarket(index, close, 'end');
    const open_ = position as Position | null; // as above
    equity.push(open_ === null ? cash : cash + open_.side * open_.units * close);
  }
  return { trades, equity };
}
