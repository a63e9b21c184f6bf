import assert from 'node:assert/strict';
import { SIGNAL_CANDLES } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import { findUntold, MOST_MADE_UP } from '@fast-scanner/server/scanners/continuous/find-untold.ts';
import { ToldCandles } from '@fast-scanner/server/scanners/continuous/told-candles.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { timeframeMs } from '@fast-scanner/shared';
import fc from 'fast-check';
import { FakeClock } from '../../../support/fake-clock.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sampleSignal } from './sample-signal.ts';

const HOUR = timeframeMs('1h');

describe('the candles that were told', () => {
  const folder = temporaryFolder();
  let store: Store;
  before(async () => {
    store = await openSqliteStore({ dataDir: folder.path, clock: new FakeClock() });
  });
  after(() => store.close());

  it('are known by exchange, timeframe and symbol, also to the next process', async () => {
    const signals = [
      sampleSignal(1),
      sampleSignal(2),
      sampleSignal(7, { exchange: 'another' }),
      sampleSignal(5, { symbol: 'ETH/USDT' }),
      sampleSignal(9, { timeframe: '5m', style: 'scalp' }),
    ];
    const told = new ToldCandles(store);
    await told.load(signals);
    assert.equal(told.toldTo(sampleSignal(1)), null);
    await store.commit({ putSettings: told.settingsWith(signals) });
    assert.equal(told.toldTo(sampleSignal(1)), null, 'not before it is noted');
    told.note(signals);
    const next = new ToldCandles(store);
    await next.load(signals);
    for (const book of [told, next]) {
      const closes = [signals[1], signals[2], signals[3], signals[4]].map(
        (signal) => signal && book.toldTo(signal),
      );
      assert.deepEqual(
        closes,
        [2, 7, 5, 9].map((hour) => Date.parse(sampleSignal(hour).candleCloseTime)),
      );
    }
    assert.equal(next.toldTo(sampleSignal(0, { symbol: 'SOL/USDT' })), null);
  });

  it('are added to what was told before: other symbols keep theirs', async () => {
    const first = sampleSignal(1, { exchange: 'third' });
    const second = sampleSignal(1, { exchange: 'third', symbol: 'ETH/USDT' });
    for (const signal of [first, second]) {
      const told = new ToldCandles(store);
      await told.load([signal]);
      await store.commit({ putSettings: told.settingsWith([signal]) });
    }
    const told = new ToldCandles(store);
    await told.load([first]);
    assert.ok(told.toldTo(first) !== null && told.toldTo(second) !== null);
  });
});

describe('the candles that were not told', () => {
  const newestOpenTime = Date.UTC(2026, 0, 5, 12);
  const closeOf = (back: number) => newestOpenTime - back * HOUR + HOUR;

  it('are the newest alone when nothing of the series was ever told', () => {
    const series = randomSeries({ count: 300, newestOpenTime });
    assert.deepEqual(findUntold(series, null), [300]);
    assert.deepEqual(findUntold(randomSeries({ count: 3, newestOpenTime }), null), [3]);
  });

  it('are those that closed since, oldest first, at most a hundred and none with too little before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 600 }), (count, back) => {
        const series = randomSeries({ count, newestOpenTime });
        const ends = findUntold(series, closeOf(back));
        const expected: number[] = [];
        for (let end = 1; end <= count; end += 1) {
          const isNewer = count - end < back;
          if (isNewer && (end === count || end >= SIGNAL_CANDLES)) expected.push(end);
        }
        assert.deepEqual(ends, expected.slice(-MOST_MADE_UP));
      }),
      { numRuns: 60 },
    );
  });

  it('are none when the newest was told, and none later either', () => {
    const series = randomSeries({ count: 300, newestOpenTime });
    assert.deepEqual(findUntold(series, closeOf(0)), []);
    assert.deepEqual(findUntold(series, closeOf(-5)), []);
    assert.deepEqual(findUntold(randomSeries({ count: 0, newestOpenTime }), null), []);
  });
});
