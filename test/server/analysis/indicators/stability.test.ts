import assert from 'node:assert/strict';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import { computeSma } from '@fast-scanner/server/analysis/indicators/sma.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';

const MILLION = 1_000_000;
const PERIOD = 20;

describe('sliding windows', () => {
  it('do not drift: the end of 1,000,000 candles, after a spell 10¹² times as high, equals its window alone', () => {
    const close = randomWalk(MILLION, 100);
    for (let i = 500_000; i < 510_000; i += 1) close[i] = (close[i] ?? 0) * 1e12;
    const middle = computeSma(close, PERIOD);
    const bands = computeBollinger(close);
    for (const end of [PERIOD, 1_000, 499_999, 510_000 + PERIOD, 700_001, MILLION]) {
      const exact = exactMoments(close.subarray(end - PERIOD, end));
      const upper = exact.mean + 2 * exact.deviation;
      assertRelative(middle[end - 1], exact.mean, 1e-14);
      assertRelative(bands.middle[end - 1], exact.mean, 1e-14);
      assertRelative(bands.upper[end - 1], upper, 1e-13);
      assertRelative(bands.bandwidth[end - 1], (4 * exact.deviation) / exact.mean, 1e-11);
    }
  });

  it('keep a tiny variance at a huge price', () => {
    // Multiples of 2⁻²⁰ on 2³²: representable exactly, so the only rounding is the indicator's own.
    const random = seededRandom(7);
    const noise = Float64Array.from({ length: 10_000 }, () => Math.floor(random() * 1_000) * 2 ** -20);
    const level = 2 ** 32;
    const low = computeBollinger(noise);
    const high = computeBollinger(noise.map((value) => value + level));
    for (let i = PERIOD - 1; i < noise.length; i += 1) {
      assertRelative(
        (high.bandwidth[i] ?? Number.NaN) * (high.middle[i] ?? Number.NaN),
        widthOf(low, i),
        1e-11,
      );
      assert.ok(Math.abs((high.percentB[i] ?? Number.NaN) - (low.percentB[i] ?? Number.NaN)) < 1e-10);
    }
  });

  it('give neither NaN nor a negative variance where all but one value are equal', () => {
    for (const level of [1e-8, 0.1, 1e9, 1e15]) {
      for (const step of [0, Number.EPSILON, 1e-9, 1]) {
        const close = new Float64Array(200).fill(level);
        for (let i = 0; i < close.length; i += 33) close[i] = level * (1 + step);
        const { percentB, bandwidth } = computeBollinger(close);
        for (const column of [percentB, bandwidth]) {
          assert.ok(column.subarray(PERIOD - 1).every(Number.isFinite), `${level} ${step}`);
        }
        assert.ok(bandwidth.subarray(PERIOD - 1).every((value) => value >= 0));
      }
    }
  });

  it('flat after a move are exactly flat', () => {
    const close = Float64Array.from({ length: 100 }, (_, index) => (index < 50 ? 1e6 + index / 3 : 0.3));
    const { middle, bandwidth, percentB } = computeBollinger(close);
    assert.equal(middle[99], 0.3);
    assert.equal(computeSma(close, PERIOD)[99], 0.3);
    assert.equal(bandwidth[99], 0);
    assert.equal(percentB[99], 0.5);
  });
});

function randomWalk(length: number, start: number): Float64Array {
  const random = seededRandom(11);
  let price = start;
  return new Float64Array(length).map(() => {
    price *= Math.exp((random() - 0.5) * 0.01);
    return price;
  });
}

/** Two passes over the window, in integers scaled up far enough that nothing is rounded but the result. */
function exactMoments(window: Float64Array): { readonly mean: number; readonly deviation: number } {
  const scale = 2 ** 60;
  const scaled = [...window].map((value) => BigInt(value * scale));
  const count = BigInt(window.length);
  const sum = scaled.reduce((total, value) => total + value, 0n);
  // Everything times `count` stays whole.
  const squares = scaled.reduce((total, value) => total + (value * count - sum) ** 2n, 0n);
  return {
    mean: Number(sum) / scale / window.length,
    deviation: Math.sqrt(Number(squares) / window.length) / scale / window.length,
  };
}

function widthOf({ bandwidth, middle }: ReturnType<typeof computeBollinger>, index: number): number {
  return (bandwidth[index] ?? Number.NaN) * (middle[index] ?? Number.NaN);
}

function assertRelative(actual: number | undefined, expected: number, tolerance: number): void {
  const error = Math.abs((actual ?? Number.NaN) / expected - 1);
  assert.ok(error <= tolerance, `${actual} instead of ${expected}: relative error ${error}`);
}
