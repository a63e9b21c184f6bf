import assert from 'node:assert/strict';
import { computeBreadth, type PriceChange } from '@fast-scanner/server/analysis/continuous/breadth.ts';
import { closeAt } from '@fast-scanner/server/analysis/continuous/close-at.ts';
import { newestRealisedVolatility } from '@fast-scanner/server/analysis/continuous/realised-volatility.ts';
import { computeUniverseVolatility } from '@fast-scanner/server/analysis/continuous/universe-volatility.ts';
import { computeVolatilityRegime } from '@fast-scanner/server/analysis/continuous/volatility-regime.ts';
import { breadthSchema, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import {
  arbitraryWalk,
  FIRST_OPEN_TIME,
  mirrorSeries,
  pathSeries,
  scaleSeries,
  walkSeries,
} from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';

const EXACT_BREADTH = breadthSchema.strict();
const HOUR_MS = 3_600_000;
const changes = (...prices: readonly (number | null)[]): PriceChange[] =>
  prices.map((price) => ({ price, reference: 100 }));
const breadthOf = (universe: readonly PriceChange[]) => EXACT_BREADTH.parse(computeBreadth(universe));

const arbitraryPrice = fc.option(fc.constantFrom(0, 50, 99, 100, 101, 200, Number.NaN), { freq: 8 });
const arbitraryUniverse = fc.array(fc.record({ price: arbitraryPrice, reference: arbitraryPrice }), {
  maxLength: 40,
});

describe('breadth', () => {
  it('is the share of the advancing among those that moved, and says how much of the universe it knows', () => {
    assert.deepEqual(breadthOf(changes(101, 102, 99, 100, null)), {
      advancing: 2,
      declining: 1,
      unchanged: 1,
      breadth_ratio: 2 / 3,
      market_bias: 'bullish',
      coverage: 0.8,
    });
  });

  it('is bullish above 0.6, bearish below 0.4 and neutral between and at them', () => {
    const biasOf = (advancing: number, declining: number) =>
      breadthOf(changes(...new Array(advancing).fill(101), ...new Array(declining).fill(99))).market_bias;
    assert.deepEqual(
      [biasOf(61, 39), biasOf(6, 4), biasOf(4, 6), biasOf(39, 61)],
      ['bullish', 'neutral', 'neutral', 'bearish'],
    );
  });

  it('has no ratio when nothing moved or nothing is known', () => {
    const still = breadthOf(changes(100, 100));
    assert.deepEqual([still.breadth_ratio, still.market_bias, still.coverage], [null, 'neutral', 1]);
    const unknown = breadthOf([{ price: 100, reference: null }]);
    assert.deepEqual([unknown.breadth_ratio, unknown.market_bias, unknown.coverage], [null, 'neutral', 0]);
    assert.equal(breadthOf([]).coverage, 0);
  });

  it('is what counting says, and swaps its sides with prices and references', () => {
    fc.assert(
      fc.property(arbitraryUniverse, (universe) => {
        const found = breadthOf(universe);
        const known = universe.flatMap(({ price, reference }) =>
          price && reference && price > 0 ? [price - reference] : [],
        );
        const counts = [1, -1, 0].map((sign) => known.filter((gain) => Math.sign(gain) === sign).length);
        assert.deepEqual([found.advancing, found.declining, found.unchanged], counts);
        assertClose(found.coverage, universe.length === 0 ? 0 : known.length / universe.length, 1e-12);
        const swapped = breadthOf(
          universe.map(({ price, reference }) => ({ price: reference, reference: price })),
        );
        assert.deepEqual([swapped.advancing, swapped.declining], [found.declining, found.advancing]);
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('the close at a moment', () => {
  const series = pathSeries([1, 2, 3, 4, 5]);
  const closeAfter = (hours: number) => closeAt(series, FIRST_OPEN_TIME + hours * HOUR_MS);

  it('is that of the newest candle closed by then', () => {
    assert.deepEqual([closeAfter(1), closeAfter(1.99), closeAfter(2), closeAfter(5)], [1, 1, 2, 5]);
  });

  it('is unknown before the first close and when the candle of that moment is missing', () => {
    assert.deepEqual([closeAfter(0.99), closeAfter(5.99), closeAfter(6)], [null, 5, null]);
    assert.equal(closeAt(sliceSeries(series, 0, 0), FIRST_OPEN_TIME), null);
  });
});

describe("the universe's volatility", () => {
  const universe = [1, 2, 3, 4, 5].map((seed) => walkSeries({ seed, count: 60, spread: 0.004 * seed }));

  it('is the median, candle by candle, of each symbol’s σ of 20 returns', () => {
    const readings = computeUniverseVolatility(universe);
    assert.equal(readings.length, 40);
    readings.forEach((reading, index) => {
      const each = universe.map(({ close }) => newestRealisedVolatility(close.subarray(0, 21 + index), 20));
      assert.equal(reading, each.toSorted((left, right) => left - right)[2]);
    });
  });

  it('is the σ of alternating steps: √(20 / 19) steps', () => {
    const closes = Array.from({ length: 41 }, (_, index) => 100 * 1.01 ** (index % 2));
    const step = Math.log(1.01);
    for (const reading of computeUniverseVolatility([pathSeries(closes)])) {
      assertClose(reading, step * Math.sqrt(20 / 19), 1e-15);
    }
  });

  it('is the mean of the middle two of an even universe', () => {
    const [first, second] = universe.map((series) => computeUniverseVolatility([series]));
    const both = computeUniverseVolatility(universe.slice(0, 2));
    both.forEach((reading, index) => {
      assertClose(reading, ((first?.[index] ?? 0) + (second?.[index] ?? 0)) / 2, 1e-15);
    });
  });

  it('leaves out candles that less than half of the universe has', () => {
    const late = universe.map((series, index) => sliceSeries(series, index < 3 ? 10 : 0));
    assert.equal(computeUniverseVolatility(late).length, 30);
    const fewLate = universe.map((series, index) => sliceSeries(series, index < 2 ? 10 : 0));
    assert.equal(computeUniverseVolatility(fewLate).length, 40);
    assert.equal(computeUniverseVolatility(fewLate.slice(0, 4)).length, 40, 'half is enough');
    assert.equal(computeUniverseVolatility([]).length, 0);
    assert.equal(computeUniverseVolatility(universe.map((series) => sliceSeries(series, 0, 20))).length, 0);
  });

  it('obeys scale, mirror and truncation', () => {
    fc.assert(
      fc.property(arbitraryWalk(), fc.integer({ min: 21, max: 60 }), (series, length) => {
        const readings = computeUniverseVolatility([series]);
        const cut = computeUniverseVolatility([sliceSeries(series, 0, length)]);
        assert.deepEqual(cut, readings.slice(0, length - 20));
        const scaled = computeUniverseVolatility([scaleSeries(series, 1e6)]);
        const mirrored = computeUniverseVolatility([mirrorSeries(series)]);
        readings.forEach((reading, index) => {
          assertClose(scaled[index] ?? null, reading, 1e-12);
          assertClose(mirrored[index] ?? null, reading, 1e-12);
        });
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('the volatility regime', () => {
  /** Readings 1 … count, the newest of the given rank. */
  const ranked = (rank: number, count: number) => {
    const others = Array.from({ length: count }, (_, index) => index + 1).filter((value) => value !== rank);
    return computeVolatilityRegime(Float64Array.from([...others, rank]));
  };

  it('is the place of the newest reading: high above 80, medium above 40, else low', () => {
    // Of 50 readings the n-th from below has the mid-rank 2n − 1.
    assert.deepEqual(
      [50, 41, 40, 21, 20, 1].map((rank) => ranked(rank, 50)),
      [
        { regime: 'high', percentile: 99 },
        { regime: 'high', percentile: 81 },
        { regime: 'medium', percentile: 79 },
        { regime: 'medium', percentile: 41 },
        { regime: 'low', percentile: 39 },
        { regime: 'low', percentile: 1 },
      ],
    );
  });

  it('is unknown below 20 readings, medium when nothing ever changes', () => {
    assert.deepEqual(ranked(19, 19), { regime: 'unknown', percentile: null });
    assert.equal(ranked(20, 20).regime, 'high');
    assert.deepEqual(computeVolatilityRegime(new Float64Array(30)), { regime: 'medium', percentile: 50 });
    assert.equal(computeVolatilityRegime(new Float64Array()).regime, 'unknown');
  });
});
