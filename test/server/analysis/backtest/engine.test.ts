import assert from 'node:assert/strict';
import type { BacktestOptions } from '@fast-scanner/server/analysis/backtest/backtest-options.ts';
import { type BacktestResult, runBacktest } from '@fast-scanner/server/analysis/backtest/run-backtest.ts';
import { ORDER, SignalColumns } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { EXIT_REASONS } from '@fast-scanner/server/analysis/backtest/trade-columns.ts';
import { assertClose } from '../support/assert-close.ts';
import { closingAt, type Day, dailyCandles } from './support/candle-rows.ts';
import { signalsOf, type WantedAt } from './support/signals.ts';

const FREE = { commissionRate: 0, slippageRate: 0 } as const;
const BOTH = { ...FREE, direction: 'both' } as const;
const BUY: WantedAt = { order: ORDER.long };
const SELL: WantedAt = { order: ORDER.short };

/** Opens and closes that are told apart at a glance. */
const RISING: readonly Day[] = [
  [100, 105, 95, 102],
  [110, 116, 104, 112],
  [120, 128, 111, 125],
  [130, 134, 118, 122],
  [140, 150, 138, 145],
];

function trade(
  days: readonly Day[],
  wanted: Readonly<Record<number, WantedAt>>,
  options: Partial<BacktestOptions> = FREE,
): BacktestResult {
  return runBacktest(dailyCandles(days), signalsOf(days.length, wanted), options);
}

function tradesOf({ trades }: BacktestResult) {
  return Array.from({ length: trades.count }, (_, at) => ({
    units: (trades.side[at] ?? 0) * (trades.units[at] ?? 0),
    entry: [trades.entryIndex[at], trades.entryPrice[at]],
    exit: [trades.exitIndex[at], trades.exitPrice[at]],
    reason: EXIT_REASONS[trades.exitReason[at] ?? -1],
  }));
}

describe('the backtest engine', () => {
  it('fills an order of one candle at the open of the next, in whole units, and marks equity at each close', () => {
    const result = trade(RISING, { 0: BUY, 2: { order: ORDER.exitLong } });
    // 10,000 buy 90 units at 110 and leave 100; 90 · 130 come back.
    assert.deepEqual(tradesOf(result), [{ units: 90, entry: [1, 110], exit: [3, 130], reason: 'order' }]);
    assert.deepEqual([...result.equity], [10_000, 100 + 90 * 112, 100 + 90 * 125, 11_800, 11_800]);
    assert.deepEqual([...result.trades.pnl], [1_800]);
    assertClose(result.trades.returnRatio[0] ?? null, 20 / 110, 1e-15);
  });

  it('buys fractions where they are allowed', () => {
    const { trades, equity } = trade(RISING, { 0: BUY }, { ...FREE, units: 'fractional' });
    assertClose(trades.units[0] ?? null, 10_000 / 110, 1e-12);
    assertClose(equity.at(-1) ?? null, (10_000 / 110) * 145, 1e-9);
  });

  it('charges commission and slippage at entry and exit, to the cent', () => {
    const result = trade(
      RISING,
      { 0: BUY, 2: { order: ORDER.exitLong } },
      { commissionRate: 0.001, slippageRate: 0.0005 },
    );
    const [entry, exit] = [110 * 1.0005, 130 * 0.9995];
    // 90 · 110.055 · 1.001 = 9,914.85: 91 would cost more than there is.
    const commission = 0.001 * 90 * (entry + exit);
    const pnl = 90 * (exit - entry) - commission;
    assert.equal(result.trades.units[0], 90);
    assertClose(result.trades.entryPrice[0] ?? null, 110.055, 1e-12);
    assertClose(result.trades.exitPrice[0] ?? null, 129.935, 1e-12);
    assertClose(result.trades.commission[0] ?? null, 21.5991, 1e-9);
    assertClose(result.trades.pnl[0] ?? null, 1_767.6009, 1e-9);
    assertClose(pnl, 1_767.6009, 1e-9);
    assertClose(result.finalEquity, 11_767.6009, 1e-9);
  });

  it('has those costs by default', () => {
    const { options, finalEquity } = trade(RISING, { 0: BUY, 2: { order: ORDER.exitLong } }, {});
    assertClose(finalEquity, 11_767.6009, 1e-9);
    assert.deepEqual(options, {
      cash: 10_000,
      commissionRate: 0.001,
      slippageRate: 0.0005,
      direction: 'long',
      units: 'whole',
      lastTrade: 'close',
      tradeFrom: 0,
    });
  });

  it('sells short: gains what the price loses, pays for what it gains', () => {
    const days: readonly Day[] = [
      [100, 101, 99, 100],
      [100, 102, 88, 90],
      [80, 85, 78, 84],
      [84, 95, 83, 92],
    ];
    const won = trade(days, { 0: SELL, 1: { order: ORDER.exitShort } }, BOTH);
    assert.deepEqual(tradesOf(won), [{ units: -100, entry: [1, 100], exit: [2, 80], reason: 'order' }]);
    assert.deepEqual([...won.equity], [10_000, 11_000, 12_000, 12_000]);
    const lost = trade(days, { 1: SELL, 2: { order: ORDER.exitShort } }, BOTH);
    // 125 sold at 80, worth 84 at the first close, bought back at 84.
    assert.deepEqual([...lost.equity], [10_000, 10_000, 9_500, 9_500]);
    const costs = { commissionRate: 0.01, slippageRate: 0.01, direction: 'short' } as const;
    const paid = trade(days, { 0: SELL, 1: { order: ORDER.exit } }, costs);
    // 10,000 / (99 · 1.01) = 100.01: 100 units sold at 99, bought back at 80.8, 1 % of both in commission.
    assertClose(paid.finalEquity, 10_000 + 9_900 - 8_080 - 99 - 80.8, 1e-9);
  });

  it('an order for the other side closes the position and opens the new one at the same open', () => {
    const result = trade(RISING, { 0: BUY, 1: SELL, 3: BUY }, BOTH);
    // 10,000 + 90 · 10 = 10,900 sell 90 at 120; 90 · 20 less leave 9,100 for 65 at 140.
    assert.deepEqual(tradesOf(result), [
      { units: 90, entry: [1, 110], exit: [2, 120], reason: 'order' },
      { units: -90, entry: [2, 120], exit: [4, 140], reason: 'order' },
      { units: 65, entry: [4, 140], exit: [4, 145], reason: 'end' },
    ]);
  });

  it('an order for a side that is not allowed only closes', () => {
    const [long, short] = (['long', 'short'] as const).map((direction) =>
      tradesOf(trade(RISING, { 0: BUY, 1: SELL, 2: BUY }, { ...FREE, direction })),
    );
    assert.deepEqual(long, [
      { units: 90, entry: [1, 110], exit: [2, 120], reason: 'order' },
      { units: 83, entry: [3, 130], exit: [4, 145], reason: 'end' },
    ]);
    assert.deepEqual(short, [{ units: -83, entry: [2, 120], exit: [3, 130], reason: 'order' }]);
  });

  it('orders that are already fulfilled, or mean the other side, do nothing', () => {
    const once = trade(RISING, { 0: BUY }, BOTH);
    const repeated = trade(RISING, { 0: BUY, 1: BUY, 2: { order: ORDER.exitShort }, 3: BUY }, BOTH);
    assert.deepEqual(tradesOf(repeated), tradesOf(once));
    assert.equal(trade(RISING, { 0: { order: ORDER.exit }, 1: { order: ORDER.exitLong } }).trades.count, 0);
  });

  it('closes what is open at the end at the last close, or with `open` at the last open, and counts it', () => {
    assert.deepEqual(tradesOf(trade(RISING, { 2: BUY })), [
      { units: 76, entry: [3, 130], exit: [4, 145], reason: 'end' },
    ]);
    const atOpen = trade(RISING, { 2: BUY }, { ...FREE, lastTrade: 'open' });
    assert.deepEqual(tradesOf(atOpen), [{ units: 76, entry: [3, 130], exit: [4, 140], reason: 'end' }]);
    assert.equal(atOpen.equity.at(-1), 10_760);
  });

  it('with `open` nothing is opened at the last open, where it would be closed again', () => {
    assert.equal(trade(RISING, { 3: BUY }, { ...FREE, lastTrade: 'open' }).trades.count, 0);
    assert.equal(trade(RISING, { 3: BUY }).trades.count, 1);
  });

  it('an order of the last candle is never filled', () => {
    assert.equal(trade(RISING, { 4: BUY }).trades.count, 0);
    assert.equal(trade(RISING, { 4: BUY }).finalEquity, 10_000);
  });

  it('counts the entries the money does not reach for, and refuses them', () => {
    const poor = trade(RISING, { 0: BUY, 2: BUY }, { ...FREE, cash: 100 });
    assert.deepEqual([poor.trades.count, poor.refusedEntries, poor.finalEquity], [0, 2, 100]);
    assert.equal(trade(RISING, { 0: BUY }, { ...FREE, cash: 100, units: 'fractional' }).refusedEntries, 0);
  });

  it('ignores the orders of warm-up candles', () => {
    const result = trade(RISING, { 0: BUY, 2: BUY }, { ...FREE, tradeFrom: 2 });
    assert.deepEqual(tradesOf(result), [{ units: 76, entry: [3, 130], exit: [4, 145], reason: 'end' }]);
    assert.deepEqual([...result.equity.subarray(0, 3)], [10_000, 10_000, 10_000]);
    assert.equal(trade(RISING, { 0: BUY }, { ...FREE, tradeFrom: 99 }).finalEquity, 10_000);
  });

  it('works on series of no, one and two candles, on flat ones and on prices that jump', () => {
    for (const lastTrade of ['close', 'open'] as const) {
      const empty = trade([], {}, { ...FREE, lastTrade });
      assert.deepEqual([empty.finalEquity, empty.equity.length, empty.trades.count], [10_000, 0, 0]);
      const one = trade([[1, 1, 1, 1]], { 0: BUY }, { ...FREE, lastTrade });
      assert.deepEqual([...one.equity], [10_000]);
    }
    assert.deepEqual(
      [...trade([RISING[0], RISING[1]] as readonly Day[], { 0: BUY }).equity],
      [10_000, 10_180],
    );
    const flat = runBacktest(closingAt([50, 50, 50, 50]), signalsOf(4, { 0: BUY, 1: SELL, 2: BUY }), BOTH);
    assert.deepEqual([...flat.equity], [10_000, 10_000, 10_000, 10_000]);
    const jump = trade(
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1_000, 1_000, 1_000, 1_000],
      ],
      { 0: BUY },
    );
    assert.equal(jump.finalEquity, 10_000_000);
  });

  it('grows its columns past any number of trades', () => {
    const candles = closingAt(Array.from({ length: 500 }, (_, index) => 100 + (index % 7)));
    const signals = new SignalColumns(500);
    signals.order.forEach((_, index) => {
      signals.order[index] = index % 2 === 0 ? ORDER.long : ORDER.short;
    });
    const { trades, finalEquity } = runBacktest(candles, signals, BOTH);
    assert.equal(trades.count, 499);
    assert.equal(trades.pnl.length, 499);
    assert.equal(trades.entryIndex[400], 401);
    assertClose(finalEquity, 10_000 + trades.pnl.reduce((sum, pnl) => sum + pnl, 0), 1e-6);
  });

  it('refuses options out of range, by name, and signals of another length', () => {
    const invalid: readonly [Partial<BacktestOptions>, string][] = [
      [{ cash: 0 }, 'cash must be a positive amount, got 0'],
      [{ cash: Number.NaN }, 'cash must be a positive amount, got NaN'],
      [{ commissionRate: -0.1 }, 'commissionRate must lie within 0 and 0.5, got -0.1'],
      [{ slippageRate: 0.6 }, 'slippageRate must lie within 0 and 0.5, got 0.6'],
      [{ tradeFrom: -1 }, 'tradeFrom must be the position of a candle, got -1'],
    ];
    for (const [options, message] of invalid) {
      const [name = '', ...detail] = message.split(' ');
      const errors = [{ pointer: `/${name}`, code: 'custom', detail: detail.join(' ') }];
      assert.throws(() => trade(RISING, {}, options), { code: 'invalid_input', message, errors });
    }
    assert.throws(() => runBacktest(dailyCandles(RISING), new SignalColumns(4)), RangeError);
  });
});
