import type { CandleColumns } from '@fast-scanner/shared';
import type { BacktestOptions, TradeDirection } from './backtest-options.ts';
import { ProtectiveLevels } from './protective-levels.ts';
import type { BacktestResult } from './run-backtest.ts';
import { ORDER, type SignalColumns } from './signal-columns.ts';
import type { ExitReason } from './trade-columns.ts';
import { type Trade, TradeLog } from './trade-log.ts';

type Side = 1 | -1;

/**
 * One pass of the engine: it alternates between two tight loops, out of the market and in it. What happens rarely, entries and
 * exits, is kept out of them. See `runBacktest` for the rules.
 */
export class MarketWalk {
  readonly #candles: CandleColumns;
  readonly #order: Int8Array;
  readonly #options: BacktestOptions;
  readonly #equity: Float64Array;
  readonly #levels: ProtectiveLevels;
  readonly #log: TradeLog;
  /** Orders are filled at the opens of the candles before this one. */
  readonly #end: number;
  // The fractions make the fields doubles from the start.
  readonly #trade: Trade = {
    side: 0,
    units: 0.5,
    entryIndex: 0,
    entryPrice: 0.5,
    exitIndex: 0,
    exitPrice: 0.5,
    exitReason: 'order',
  };
  #cash: number;
  #refusedEntries = 0;

  constructor(candles: CandleColumns, signals: SignalColumns, options: BacktestOptions) {
    const { length } = candles.close;
    this.#candles = candles;
    this.#order = signals.order;
    this.#options = options;
    this.#equity = new Float64Array(length);
    this.#levels = new ProtectiveLevels(candles, signals);
    this.#log = new TradeLog(options.commissionRate);
    this.#end = options.lastTrade === 'open' ? length - 1 : length;
    this.#cash = options.cash;
  }

  run(): BacktestResult {
    const from = Math.min(this.#options.tradeFrom + 1, this.#equity.length);
    this.#equity.fill(this.#cash, 0, from);
    let index = from;
    while (index < this.#end) index = this.#trade.side === 0 ? this.#wait(index) : this.#hold(index);
    this.#closeLast();
    return {
      equity: this.#equity,
      finalEquity: this.#equity.at(-1) ?? this.#cash,
      trades: this.#log.toColumns(),
      refusedEntries: this.#refusedEntries,
      options: this.#options,
    };
  }

  /** Out of the market from a candle's open on. Answers the candle at whose open a position was opened, or the end. */
  #wait(from: number): number {
    const [order, equity, cash, end] = [this.#order, this.#equity, this.#cash, this.#end];
    for (let i = from; i < end; i += 1) {
      const wanted = order[i - 1] ?? ORDER.none;
      if (wanted !== ORDER.none && this.#enter(i, entrySide(wanted, this.#options.direction))) return i;
      equity[i] = cash;
    }
    return end;
  }

  /** In the market from a candle's open on. Answers the candle to go on with once the position is closed, or the end. */
  #hold(from: number): number {
    const { side, units } = this.#trade;
    if (side === 0) return from;
    const { open, close } = this.#candles;
    const [order, equity, cash, end] = [this.#order, this.#equity, this.#cash, this.#end];
    const guarded = this.#levels.guards(side);
    const signedUnits = side * units;
    for (let i = from; i < end; i += 1) {
      const wanted = order[i - 1] ?? ORDER.none;
      if (wanted !== ORDER.none && closes(wanted, side)) {
        this.#exit(i, this.#slipped(open[i], -side), 'order');
        return i;
      }
      if (guarded && this.#exitAtLevel(i)) return i + 1;
      equity[i] = cash + signedUnits * (close[i] ?? Number.NaN);
    }
    return end;
  }

  /** Opens a position with all the cash; false when there is no side to take or not enough money for one unit. */
  #enter(index: number, side: Side | 0): boolean {
    if (side === 0) return false;
    const { commissionRate, slippageRate } = this.#options;
    const price = this.#slipped(this.#candles.open[index], side);
    const affordable = this.#cash / (price * (1 + commissionRate));
    const units = this.#options.units === 'whole' ? Math.floor(affordable) : affordable;
    if (!(units > 0)) {
      this.#refusedEntries += 1;
      return false;
    }
    const trade = this.#trade;
    trade.side = side;
    trade.units = units;
    trade.entryIndex = index;
    trade.entryPrice = price;
    this.#cash -= units * price * (side + commissionRate);
    const ruin = side === 1 ? 0 : this.#cash / (units * (1 + slippageRate) * (1 + commissionRate));
    this.#levels.begin(side, ruin);
    return true;
  }

  #exitAtLevel(index: number): boolean {
    const price = this.#levels.touchedAt(index);
    const { side } = this.#trade;
    if (price === null || side === 0) return false;
    const { reason } = this.#levels;
    this.#exit(index, reason === 'target' ? price : this.#slipped(price, -side), reason);
    this.#equity[index] = this.#cash;
    return true;
  }

  #exit(index: number, price: number, reason: ExitReason): void {
    const trade = this.#trade;
    trade.exitIndex = index;
    trade.exitPrice = price;
    trade.exitReason = reason;
    this.#cash += trade.units * price * (trade.side - this.#options.commissionRate);
    this.#log.add(trade);
    trade.side = 0;
  }

  #closeLast(): void {
    const last = this.#equity.length - 1;
    const { side } = this.#trade;
    if (side !== 0) {
      const { open, close } = this.#candles;
      const price = this.#options.lastTrade === 'open' ? open[last] : close[last];
      this.#exit(last, this.#slipped(price, -side), 'end');
    }
    if (last >= 0) this.#equity[last] = this.#cash;
  }

  /** What a market order gets: buyers (1) pay more, sellers (−1) are paid less. */
  #slipped(price = Number.NaN, buyOrSell: number): number {
    return price * (1 + buyOrSell * this.#options.slippageRate);
  }
}

function entrySide(order: number, direction: TradeDirection): Side | 0 {
  if (order === ORDER.long && direction !== 'short') return 1;
  return order === ORDER.short && direction !== 'long' ? -1 : 0;
}

function closes(order: number, side: Side): boolean {
  return order === -side || order === 2 * side || order === ORDER.exit;
}
