import assert from 'node:assert/strict';
import { computeStatistics } from '@fast-scanner/server/analysis/backtest/compute-statistics.ts';
import { toCurveStatistics } from '@fast-scanner/server/scanners/market-scan/assemble-result.ts';
import { FIGURES } from '@fast-scanner/server/scanners/market-scan/report/figures.ts';
import { curveStatisticsSchema } from '@fast-scanner/shared';

const NO_CURVE = {
  time: new Float64Array(),
  equity: new Float64Array(),
  startEquity: 100,
  trades: { pnl: new Float64Array(), returnRatio: new Float64Array() },
  exposureRatio: null,
  benchmarkReturnRatio: null,
};

describe('the statistics of a market scan', () => {
  it('give the reason of every null under the name of the null', () => {
    const statistics = toCurveStatistics(computeStatistics(NO_CURVE));
    const { reasons, ...values } = statistics;
    const undefinedOnes = Object.entries(values).flatMap(([name, value]) => (value === null ? [name] : []));
    assert.deepEqual(Object.keys(reasons).sort(), undefinedOnes.sort());
    assert.equal(undefinedOnes.length, 12);
  });

  it('are all part of the report', () => {
    const { reasons: _, ...fields } = curveStatisticsSchema.shape;
    assert.deepEqual(FIGURES.map(({ name }) => name as string).sort(), Object.keys(fields).sort());
  });
});
