import assert from 'node:assert/strict';
import { SCORECARD_DIMENSIONS, scorecardQuerySchema } from '@fast-scanner/shared';
import { intervalScale, placeOn } from '../../web/src/pages/scorecard/interval-scale.ts';
import { modelPoints, scorecardPoints } from '../../web/src/pages/scorecard/reliability-point.ts';
import {
  filterOfGroup,
  monthRange,
  NO_FILTERS,
  toScorecardQuery,
} from '../../web/src/pages/scorecard/scorecard-filters.ts';

const KEYS: Readonly<Record<string, string>> = { timeframe: '1h', period: '2024-12', origin: 'replay' };

describe('the dashboard’s scorecard', () => {
  it('asks for nothing in particular without filters', () => {
    assert.deepEqual(toScorecardQuery(NO_FILTERS), {});
  });

  it('looks at the signals of any group alone, with a query the server takes', () => {
    for (const by of SCORECARD_DIMENSIONS) {
      const query = toScorecardQuery({ ...NO_FILTERS, ...filterOfGroup(by, KEYS[by] ?? 'demo') });
      assert.notDeepEqual(query, {}, by);
      assert.deepEqual(scorecardQuerySchema.parse(query), query);
    }
  });

  it('ends a month where the next begins', () => {
    assert.deepEqual(monthRange('2024-02'), { from: '2024-02-01', to: '2024-03-01' });
    assert.deepEqual(monthRange('2024-12'), { from: '2024-12-01', to: '2025-01-01' });
  });

  it('draws intervals on a scale that holds all of them and 50 %', () => {
    const interval = { low: 0.41, high: 0.45 };
    const scale = intervalScale([
      { hit_rate: 0.43, hit_interval: interval, hit_interval_independent: { low: 0.38, high: 0.48 } },
      { hit_rate: null, hit_interval: null, hit_interval_independent: null },
    ]);
    assert.ok(scale.low < 0.38 && scale.high > 0.5);
    assert.ok(Math.abs(placeOn(scale, scale.low)) < 1e-9);
    assert.ok(Math.abs(placeOn(scale, scale.high) - 100) < 1e-9);
    const whole = intervalScale([
      { hit_rate: 1, hit_interval: { low: 0, high: 1 }, hit_interval_independent: null },
    ]);
    assert.deepEqual(whole, { low: 0, high: 1 });
  });

  it('leaves empty bins out of the reliability diagram', () => {
    const empty = { from: 0, to: 0.1, n: 0, mean_probability: null, share_up: null, interval: null };
    const full = { from: 0.4, to: 0.5, n: 12, mean_probability: 0.44, share_up: 0.5, interval: null };
    const point = { range: '40–50 %', n: 12, probability: 0.44, share: 0.5, interval: null };
    assert.deepEqual(scorecardPoints([empty, full]), [point]);
    const bin = { from: 0.4, to: 0.5, samples: 12, meanProbability: 0.44, observedRate: 0.5 };
    assert.deepEqual(modelPoints([bin, { ...bin, samples: 0, observedRate: null }]), [point]);
  });
});
