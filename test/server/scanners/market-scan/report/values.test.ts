import assert from 'node:assert/strict';
import { computeDrawdown } from '@fast-scanner/server/analysis/backtest/drawdown.ts';
import { computeFalls } from '@fast-scanner/server/scanners/market-scan/report/curve-days.ts';
import {
  createAmountFormat,
  formatCount,
  formatNumber,
  formatPct,
  formatRate,
  formatSigned,
} from '@fast-scanner/server/scanners/market-scan/report/format-figures.ts';
import { computeYearReturns } from '@fast-scanner/server/scanners/market-scan/report/sections/calendar-years.ts';
import fc from 'fast-check';
import { assertClose } from '../../../analysis/support/assert-close.ts';
import { PROPERTY_RUNS } from '../../../analysis/support/property-runs.ts';

const worths = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('the numbers of the report', () => {
  it('are grouped, have a true minus, and no sign when they round to zero', () => {
    assert.equal(formatNumber(1_234_567.891), '1,234,567.89');
    assert.equal(formatNumber(-1234.5, 0), '−1,235');
    assert.equal(formatNumber(-0.001), '0.00');
    assert.deepEqual(
      [1.5, -1.5, 0, -0.004].map((value) => formatSigned(value)),
      ['+1.50', '−1.50', '0.00', '0.00'],
    );
  });

  it('carry their units', () => {
    assert.equal(formatPct(12.345, formatSigned), '+12.35\u00a0%');
    assert.deepEqual([0.001, 0.0005, 0.5].map(formatRate), ['0.1', '0.05', '50']);
    assert.deepEqual([formatCount(1, 'stock'), formatCount(1259, 'stock')], ['1 stock', '1,259 stocks']);
  });

  it('on an axis of money share one scale and tell neighbours apart', () => {
    assert.deepEqual([5e6, 5.5e6, 6e6].map(createAmountFormat(6e6, 5e5)), ['5.0M', '5.5M', '6.0M']);
    assert.deepEqual([9800, 9900].map(createAmountFormat(9900, 100)), ['9800', '9900']);
    assert.deepEqual([-20_000, 0].map(createAmountFormat(20_000, 20_000)), ['−20k', '0k']);
    assert.deepEqual([10_000, 10_001].map(createAmountFormat(10_001, 1)), ['10.000k', '10.001k']);
    assert.deepEqual(
      [createAmountFormat(2e12, 1e12)(2e12), createAmountFormat(3e9, 5e8)(3e9)],
      ['2T', '3.0B'],
    );
  });
});

describe('the falls of a curve', () => {
  it('are deepest where the maximum drawdown of the statistics is', () => {
    fc.assert(
      fc.property(worths, fc.double({ min: 1, max: 1e6, noNaN: true }), (equity, startEquity) => {
        const falls = computeFalls(equity, startEquity);
        const time = Float64Array.from(equity, (_, day) => day * 86_400_000);
        const { maxRatio } = computeDrawdown({ time, equity: Float64Array.from(equity), startEquity });
        assert.equal(Math.max(...falls), maxRatio);
        assert.ok(falls.every((fall) => fall >= 0));
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('the returns of calendar years', () => {
  it('begin where the year before ended, the first at the start', () => {
    const days = {
      dates: ['2014-12-30', '2014-12-31', '2015-01-02', '2016-06-01'],
      times: [],
      equity: [110, 120, 60, 90],
      benchmark: [100, 100, 200, 200],
    };
    const years = computeYearReturns(days, { equity: 100, benchmark: 100 });
    const rounded = years.map(({ year, strategyPct, benchmarkPct }) => [
      year,
      Math.round(strategyPct),
      Math.round(benchmarkPct),
    ]);
    assert.deepEqual(rounded, [
      ['2014', 20, 0],
      ['2015', -50, 100],
      ['2016', 50, 0],
    ]);
  });

  it('compound to the return over the whole time', () => {
    fc.assert(
      fc.property(worths, (equity) => {
        const dates = equity.map((_, index) => `${2000 + Math.floor(index / 3)}-01-0${1 + (index % 3)}`);
        const years = computeYearReturns(
          { dates, times: [], equity, benchmark: equity },
          { equity: 500, benchmark: 500 },
        );
        const factor = years.reduce((product, { strategyPct }) => product * (1 + strategyPct / 100), 1);
        assertClose(factor * 500, equity.at(-1) ?? 0, 1e-3);
        assert.ok(years.every(({ strategyPct, benchmarkPct }) => strategyPct === benchmarkPct));
      }),
      PROPERTY_RUNS,
    );
  });
});
