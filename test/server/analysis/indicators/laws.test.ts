import assert from 'node:assert/strict';
import type { CandleColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryCandles } from './arbitrary-candles.ts';
import { computeReferenceColumns } from './reference-columns.ts';

type Columns = ReturnType<typeof computeReferenceColumns>;

const PRICES = [
  'sma',
  'ema',
  'macdLine',
  'macdSignal',
  'macdHistogram',
  'atr',
  'middle',
  'upper',
  'lower',
  'vwap',
];
const SCALE_FREE = ['rsi', 'adx', 'plusDi', 'minusDi', 'percentB', 'bandwidth', 'k', 'd', 'obv'];
const PERCENTAGES = ['rsi', 'adx', 'plusDi', 'minusDi', 'k', 'd'];

describe('laws of the indicators', () => {
  it('prices in a currency 2ⁿ times as small multiply what is in units of price and change nothing else', () => {
    // A power of two, so that the law holds to the bit and not just to a tolerance.
    check(fc.tuple(someCandles, fc.integer({ min: -20, max: 20 })), ([candles, exponent]) => {
      const factor = 2 ** exponent;
      const before = computeReferenceColumns(candles);
      const after = computeReferenceColumns(mapPrices(candles, (price) => price * factor));
      assert.deepEqual(Object.keys(before).sort(), [...PRICES, ...SCALE_FREE].sort());
      for (const name of PRICES)
        assert.deepEqual(
          after[name],
          before[name]?.map((value) => value * factor),
        );
      for (const name of SCALE_FREE) assert.deepEqual(after[name], before[name]);
    });
  });

  it('any other factor does so within rounding', () => {
    check(fc.tuple(movingCandles, fc.double({ min: 1e-6, max: 1e6, noNaN: true })), ([candles, factor]) => {
      const before = computeReferenceColumns(candles);
      const after = computeReferenceColumns(mapPrices(candles, (price) => price * factor));
      const largest = Math.max(...candles.high) * factor;
      for (const name of PRICES) assertClose(after, before, { name, factor, tolerance: 1e-10 * largest });
      for (const name of SCALE_FREE) assertClose(after, before, { name, factor: 1, tolerance: 1e-5 });
    });
  });

  it('turning prices upside down turns what measures direction around its middle', () => {
    check(someCandles, (candles) => {
      const before = computeReferenceColumns(candles);
      const after = computeReferenceColumns(upsideDown(candles));
      assertMirrored(after['rsi'], before['rsi'], 100);
      assertMirrored(after['k'], before['k'], 100);
      assertMirrored(after['obv'], before['obv'], 0);
      assertMirrored(after['macdLine'], before['macdLine'], 0, Math.max(...candles.high));
    });
  });

  it('percentages stay within 0 and 100, the ATR and the bandwidth are never negative, the mean is inside the band', () => {
    check(someCandles, (candles) => {
      const columns = computeReferenceColumns(candles);
      for (const name of PERCENTAGES) {
        assert.ok(
          columns[name]?.every((value) => !(value < -1e-9 || value > 100 + 1e-9)),
          name,
        );
      }
      assert.ok(columns['atr']?.every((value) => !(value < 0)));
      assert.ok(columns['bandwidth']?.every((value) => !(value < 0)));
      columns['middle']?.forEach((middle, index) => {
        assert.ok(!(middle > (columns['upper']?.[index] ?? Number.NaN)));
        assert.ok(!(middle < (columns['lower']?.[index] ?? Number.NaN)));
      });
    });
  });
});

const someCandles = arbitraryCandles({ minLength: 1 });

/** Without candles that stand still: there a rounding error would decide between "flat" and "moved". */
const movingCandles = arbitraryCandles({ minLength: 1, mayRest: false });

function check<Input>(inputs: fc.Arbitrary<Input>, property: (input: Input) => void): void {
  fc.assert(fc.property(inputs, property), { seed: 20_260_106, numRuns: 100 });
}

function mapPrices(candles: CandleColumns, map: (price: number) => number): CandleColumns {
  const { openTime, open, high, low, close, volume } = candles;
  return {
    openTime,
    open: open.map(map),
    high: high.map(map),
    low: low.map(map),
    close: close.map(map),
    volume,
  };
}

/** Highs become lows: prices measured downwards from a level above all of them. */
function upsideDown(candles: CandleColumns): CandleColumns {
  const level = 2 ** Math.ceil(Math.log2(Math.max(...candles.high)) + 1);
  const turned = mapPrices(candles, (price) => level - price);
  return { ...turned, high: turned.low, low: turned.high };
}

function assertClose(
  after: Columns,
  before: Columns,
  { name, factor, tolerance }: { readonly name: string; readonly factor: number; readonly tolerance: number },
): void {
  before[name]?.forEach((value, index) => {
    const difference = Math.abs((after[name]?.[index] ?? Number.NaN) - value * factor);
    assert.ok(!(difference > tolerance), `${name} at ${index}: off by ${difference}`);
  });
}

function assertMirrored(
  after: Float64Array | undefined,
  before: Float64Array | undefined,
  ...[sum, unit = 1]: readonly [sum: number, unit?: number]
): void {
  assert.ok(after && before);
  before.forEach((value, index) => {
    const difference = Math.abs(value + (after[index] ?? Number.NaN) - sum);
    assert.ok(!(difference > 1e-6 * unit), `at ${index}: off by ${difference}`);
  });
}
