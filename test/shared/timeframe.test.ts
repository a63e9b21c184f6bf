import assert from 'node:assert/strict';
import {
  candleOpenTime,
  isTimeframe,
  lastClosedOpenTime,
  nextCandleClose,
  TIMEFRAMES,
  timeframeMs,
} from '@fast-scanner/shared';
import fc from 'fast-check';

const timeframes = fc.constantFrom(...TIMEFRAMES);
const times = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });

describe('timeframes', () => {
  it('are listed shortest first', () => {
    const lengths = TIMEFRAMES.map(timeframeMs);
    assert.deepEqual(
      lengths,
      [...lengths].sort((a, b) => a - b),
    );
    assert.equal(timeframeMs('4h'), 14_400_000);
  });

  it('are told from other texts', () => {
    assert.ok(isTimeframe('15m'));
    for (const text of ['7m', '', '1H', '1M', '__proto__']) assert.equal(isTimeframe(text), false);
  });

  it('open weeks on Monday and days at midnight UTC', () => {
    const wednesday = Date.UTC(2026, 0, 7, 13, 45);
    assert.equal(candleOpenTime(wednesday, '1w'), Date.UTC(2026, 0, 5));
    assert.equal(candleOpenTime(wednesday, '1d'), Date.UTC(2026, 0, 7));
    assert.equal(candleOpenTime(wednesday, '4h'), Date.UTC(2026, 0, 7, 12));
  });

  it('close a candle exactly at open time plus length', () => {
    fc.assert(
      fc.property(times, timeframes, (now, timeframe) => {
        const open = candleOpenTime(now, timeframe);
        assert.ok(open <= now && now < open + timeframeMs(timeframe));
        assert.equal(lastClosedOpenTime(now, timeframe) + timeframeMs(timeframe), open);
        assert.equal(nextCandleClose(now, timeframe), open + timeframeMs(timeframe));
        assert.equal(lastClosedOpenTime(nextCandleClose(now, timeframe), timeframe), open);
      }),
      { seed: 1 },
    );
  });
});
