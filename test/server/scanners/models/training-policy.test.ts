import assert from 'node:assert/strict';
import { cutoffAt, nextCutoff } from '@fast-scanner/server/scanners/models/training-policy.ts';
import { nextCandleClose, TIMEFRAMES, timeframeMs } from '@fast-scanner/shared';
import fc from 'fast-check';

const NOON = Date.UTC(2026, 0, 7, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the time of trainings', () => {
  it('looks at candles that have closed, on live exchanges five seconds ago', () => {
    assert.equal(cutoffAt(NOON + 10, '1h', 'recorded'), NOON);
    assert.equal(cutoffAt(NOON + 4_999, '1h', 'live'), NOON - HOUR_MS);
    assert.equal(cutoffAt(NOON + 5_000, '1h', 'live'), NOON);
  });

  it('comes again after a day when that is before 5 % more samples', () => {
    // 5 % of 36,000 samples are 90 candles of each of 20 symbols.
    const next = nextCutoff({ timeframe: '1h', cutoff: NOON, samples: 36_000, symbols: 20 });
    assert.equal(next, NOON + DAY_MS);
  });

  it('comes again with 5 % more samples when that is before a day', () => {
    const next = nextCutoff({ timeframe: '5m', cutoff: NOON, samples: 36_000, symbols: 20 });
    assert.equal(next, NOON + 90 * 300_000);
  });

  it('never comes twice within a candle, and never before a candle has closed', () => {
    const past = fc.record({
      timeframe: fc.constantFrom(...TIMEFRAMES),
      samples: fc.integer({ min: 500, max: 300_000 }),
      symbols: fc.integer({ min: 1, max: 50 }),
      now: fc.integer({ min: NOON, max: NOON + 400 * DAY_MS }),
    });
    fc.assert(
      fc.property(past, ({ timeframe, samples, symbols, now }) => {
        const cutoff = cutoffAt(now, timeframe, 'simulated');
        const next = nextCutoff({ timeframe, cutoff, samples, symbols });
        assert.ok(next >= nextCandleClose(now, timeframe));
        assert.equal((next - cutoff) % timeframeMs(timeframe), 0);
        assert.ok(next <= cutoff + Math.max(DAY_MS, timeframeMs(timeframe)));
      }),
    );
  });
});
