import assert from 'node:assert/strict';
import { computeIndicatorSnapshot } from '@fast-scanner/server/analysis/indicator-snapshot.ts';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import { lastValue } from '@fast-scanner/server/analysis/indicators/indicator.ts';
import { computeStochastic } from '@fast-scanner/server/analysis/indicators/stochastic.ts';
import { sliceSeries } from '@fast-scanner/shared';
import { randomSeries } from '../../support/random-series.ts';

describe('the indicator snapshot', () => {
  it('shows the newest values of sliding windows as the whole columns have them, to the last bit, at any length', () => {
    const whole = randomSeries({ count: 360, newestOpenTime: Date.UTC(2026, 0, 5) });
    for (let length = 1; length <= whole.length; length += 1) {
      const series = sliceSeries(whole, 0, length);
      const { bollinger, stochastic } = computeIndicatorSnapshot(series);
      const bands = computeBollinger(series.close);
      const { k, d } = computeStochastic(series);
      assert.deepEqual(bollinger, {
        upper: lastValue(bands.upper),
        middle: lastValue(bands.middle),
        lower: lastValue(bands.lower),
        percentB: lastValue(bands.percentB),
        bandwidth: lastValue(bands.bandwidth),
      });
      assert.deepEqual(stochastic, { k: lastValue(k), d: lastValue(d) });
    }
  });
});
