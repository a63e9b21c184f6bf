import assert from 'node:assert/strict';
import { dateTicks } from '@fast-scanner/server/scanners/market-scan/report/charts/date-ticks.ts';
import { downsample } from '@fast-scanner/server/scanners/market-scan/report/charts/downsample.ts';
import { createLinearScale } from '@fast-scanner/server/scanners/market-scan/report/charts/linear-scale.ts';
import { areaPath, linePath } from '@fast-scanner/server/scanners/market-scan/report/charts/svg-path.ts';
import fc from 'fast-check';
import { PROPERTY_RUNS } from '../../../analysis/support/property-runs.ts';

const number = fc.double({ min: -1e15, max: 1e15, noNaN: true });
const curve = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 });

function labels(from: string, to: string): readonly string[] {
  return dateTicks(Date.parse(from), Date.parse(to)).map(({ label }) => label);
}

describe('a linear scale', () => {
  it('has round ticks around what it shows', () => {
    assert.deepEqual(createLinearScale(4.9, 10.2).ticks, [4, 5, 6, 7, 8, 9, 10, 11]);
    assert.deepEqual(
      createLinearScale(-0.14, 0.62).ticks.map((tick) => tick.toFixed(1)),
      ['-0.2', '0.0', '0.2', '0.4', '0.6', '0.8'],
    );
    assert.equal(createLinearScale(0, 10).position(2.5), 0.25);
  });

  it('keeps its ends when told, with the ticks between them', () => {
    const scale = createLinearScale(-80, 310, { ends: 'values', ticks: 8 });
    assert.deepEqual(scale.ticks, [-50, 0, 50, 100, 150, 200, 250, 300]);
    assert.deepEqual([scale.position(-80), scale.position(310)], [0, 1]);
  });

  it('counts in whole steps', () => {
    assert.deepEqual(createLinearScale(0, 2, { minStep: 1 }).ticks, [0, 1, 2]);
  });

  it('is widened when all values are the same', () => {
    assert.ok(Math.abs(createLinearScale(10_000, 10_000).position(10_000) - 0.5) < 0.3);
    assert.equal(createLinearScale(0, 0).position(0), 0.5);
  });

  it('holds every value within its ends and has a handful of ticks, whatever the numbers', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { ticks, position } = createLinearScale(low, high);
        assert.ok(ticks.length >= 2 && ticks.length <= 11, `${ticks.length} ticks`);
        assert.ok(ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? tick)));
        for (const value of [low, high, (low + high) / 2]) {
          assert.ok(
            position(value) > -1e-6 && position(value) < 1 + 1e-6,
            `${value} lies at ${position(value)}`,
          );
        }
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('dates on an axis', () => {
  it('are years, months or days, as long as the range is', () => {
    assert.deepEqual(labels('2013-02-08', '2018-02-07'), ['2014', '2015', '2016', '2017', '2018']);
    assert.deepEqual(labels('2015-12-01', '2016-05-20'), ['Dec', '2016', 'Feb', 'Mar', 'Apr', 'May']);
    assert.deepEqual(labels('2016-02-27', '2016-03-02'), ['27 Feb', '28 Feb', '29 Feb', '1 Mar', '2 Mar']);
    assert.deepEqual(labels('1990-05-01', '2025-05-01'), [
      '1995',
      '2000',
      '2005',
      '2010',
      '2015',
      '2020',
      '2025',
    ]);
  });

  it('are at most eight, rise and lie within the range', () => {
    const day = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, to] = [Math.min(a, b) * 86_400_000, Math.max(a, b) * 86_400_000];
        const times = dateTicks(from, to).map(({ time }) => time);
        assert.ok(times.length <= 8, `${times.length} dates`);
        assert.deepEqual(
          times,
          [...new Set(times)].sort((left, right) => left - right),
        );
        assert.ok(times.every((time) => time >= from && time <= to));
        if (to - from < 60 * 86_400_000) assert.ok(times.length > 0);
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('a curve with too many values', () => {
  it('is thinned to what was allowed, in order, with its ends and all its extremes', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 4, max: 100 }), (values, most) => {
        const kept = downsample(values, most);
        assert.ok(kept.length <= Math.max(most, 4));
        assert.deepEqual(
          kept,
          [...new Set(kept)].sort((a, b) => a - b),
        );
        assert.deepEqual([kept.at(0), kept.at(-1)], [0, values.length - 1]);
        const drawn = kept.map((index) => values[index] ?? Number.NaN);
        assert.equal(Math.max(...drawn), Math.max(...values));
        assert.equal(Math.min(...drawn), Math.min(...values));
      }),
      PROPERTY_RUNS,
    );
  });

  it('keeps a single spike among a thousand days, and a short curve as it is', () => {
    const values = Array.from({ length: 1259 }, (_, day) => (day === 700 ? 5 : Math.sin(day)));
    assert.ok(downsample(values).includes(700));
    assert.deepEqual(downsample([3, 1, 2]), [0, 1, 2]);
    assert.deepEqual(downsample([]), []);
  });
});

describe('paths', () => {
  it('go through their points, to a tenth', () => {
    assert.equal(
      linePath([
        [0, 10.04],
        [1.25, -0.01],
      ]),
      'M0 10L1.3 0',
    );
    assert.equal(linePath([]), '');
  });

  it('of areas come back along the baseline', () => {
    assert.equal(
      areaPath(
        [
          [0, 10],
          [5, 20],
          [10, 10],
        ],
        30,
      ),
      'M0 10L5 20L10 10L10 30L0 30Z',
    );
    assert.equal(areaPath([], 30), '');
  });
});
