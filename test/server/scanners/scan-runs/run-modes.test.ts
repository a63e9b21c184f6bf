import assert from 'node:assert/strict';
import { RUN_MODE_NAMES, RUN_MODES, TIMEFRAMES, timeframeMs } from '@fast-scanner/shared';

/** What was promised: timeframes, minimum score, critical timeframes, minimum risk/reward. */
const PROMISED = {
  overwatch: ['1w 1d 4h 1h 15m 5m', 75, '1w 1d', 2],
  recon: ['1d 4h 1h 15m 5m', 65, '4h 1h', 1.8],
  strike: ['4h 1h 15m 5m', 60, '15m', 1.6],
  surgical: ['1h 15m 5m', 70, '15m', 1.5],
  ghost: ['1d 4h 1h 15m 5m', 70, '1h', 1.6],
};

describe('the modes of scan runs', () => {
  it('look at the timeframes and ask for the minima that were promised', () => {
    const actual = Object.fromEntries(
      RUN_MODE_NAMES.map((name) => {
        const { timeframes, minScore, criticalTimeframes, minRiskReward } = RUN_MODES[name];
        return [name, [timeframes.join(' '), minScore, criticalTimeframes.join(' '), minRiskReward]];
      }),
    );
    assert.deepEqual(actual, PROMISED);
  });

  it('look at their primary and critical timeframes, longest first', () => {
    for (const { timeframes, primaryTimeframe, criticalTimeframes } of Object.values(RUN_MODES)) {
      for (const one of [primaryTimeframe, ...criticalTimeframes]) assert.ok(timeframes.includes(one));
      assert.ok(timeframes.every((one) => TIMEFRAMES.includes(one)));
      assert.deepEqual(
        timeframes,
        timeframes.toSorted((a, b) => timeframeMs(b) - timeframeMs(a)),
      );
    }
  });
});
