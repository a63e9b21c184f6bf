import assert from 'node:assert/strict';
import type { CandleWindow } from '@fast-scanner/server/market-data/market-feed.ts';
import { type CandleRow, candleOpenTime, lastClosedOpenTime, rowsFromColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { FEED_START, feedSetup, HOUR } from '../../support/feed-setup.ts';

const BTC = { symbol: 'BTC/USDT', timeframe: '1h' } as const;

function rowsOf({ series }: CandleWindow) {
  return rowsFromColumns(series);
}

describe('createCandleFeed: windows', () => {
  it('answers the newest closed candles, the open one apart, and says when it asked', async () => {
    const { feed } = feedSetup();
    const window = await feed.candles({ ...BTC, count: 250 });
    assert.equal(window.series.length, 250);
    assert.equal(window.series.openTime.at(-1), lastClosedOpenTime(FEED_START, '1h'));
    assert.equal(window.openCandle?.[0], candleOpenTime(FEED_START, '1h'));
    assert.equal(window.fetchedAt, FEED_START);
    assert.deepEqual(window.quality, { rejected: 0, filled: 0 });
  });

  it('holds candles in memory that worker threads can share', async () => {
    const { clock, feed } = feedSetup();
    const cold = await feed.candles({ ...BTC, count: 50 });
    await clock.advance(HOUR);
    const toppedUp = await feed.candles({ ...BTC, count: 50 });
    for (const { series } of [cold, toppedUp]) assert.ok(series.close.buffer instanceof SharedArrayBuffer);
  });

  it('asks nothing for any count it holds until the next candle closes', async () => {
    const { clock, source, feed } = feedSetup();
    const full = await feed.candles({ ...BTC, count: 300 });
    await clock.advance(HOUR / 2 - 1);
    for (const count of [300, 250, 1]) {
      assert.deepEqual(rowsOf(await feed.candles({ ...BTC, count })), rowsOf(full).slice(-count));
    }
    assert.equal(source.requests.length, 1);
  });

  it('asks again for more candles than it holds, and keeps the larger window', async () => {
    const { source, feed } = feedSetup();
    await feed.candles({ ...BTC, count: 100 });
    assert.equal((await feed.candles({ ...BTC, count: 200 })).series.length, 200);
    await feed.candles({ ...BTC, count: 150 });
    assert.deepEqual(
      source.requests.map(({ limit }) => limit),
      [101, 201],
    );
  });

  it('asks once more, for more, when repeated rows took the place of older candles', async () => {
    const { source, feed, openFeed } = feedSetup();
    const right = await openFeed().candles({ ...BTC, count: 100 });
    const doubled = (rows: readonly CandleRow[]) =>
      rows.flatMap((row, i) => (i % 5 === 0 ? [row, row] : [row]));
    source.script = (rows, { request }) => doubled(rows).slice(-request.limit);
    assert.deepEqual(rowsOf(await feed.candles({ ...BTC, count: 100 })), rowsOf(right));
    assert.equal(source.requests.length, 3);
  });

  it('does not ask again for candles that the source does not have', async () => {
    const { source, feed } = feedSetup();
    assert.ok((await feed.candles({ ...BTC, count: 5_000 })).series.length < 1_001);
    await feed.candles({ ...BTC, count: 5_000 });
    assert.equal(source.requests.length, 1);
  });

  it('gives the same closed candle half a second and five seconds after the hour', async () => {
    const { clock, feed, openFeed } = feedSetup();
    await clock.advance(HOUR / 2 + 500);
    const early = await feed.candles({ ...BTC, count: 250 });
    await clock.advance(4_500);
    assert.deepEqual(rowsOf(await feed.candles({ ...BTC, count: 250 })), rowsOf(early));
    assert.deepEqual(rowsOf(await openFeed().candles({ ...BTC, count: 250 })), rowsOf(early));
  });

  it('keeps no more candles than it may', async () => {
    const { source, feed } = feedSetup({ maxCandles: 150 });
    await feed.candles({ ...BTC, count: 100 });
    await feed.candles({ ...BTC, symbol: 'ETH/USDT', count: 100 });
    await feed.candles({ ...BTC, symbol: 'ETH/USDT', count: 100 });
    assert.equal(source.requests.length, 2);
    await feed.candles({ ...BTC, count: 100 });
    assert.equal(source.requests.length, 3);
  });

  it('holds no more of a symbol after many top-ups than was asked for', async () => {
    const { clock, source, feed } = feedSetup({ maxCandles: 50 });
    for (let hour = 0; hour < 5; hour += 1) {
      await clock.advance(HOUR);
      await feed.candles({ ...BTC, count: 50 });
      await feed.candles({ ...BTC, count: 50 });
    }
    assert.equal(source.requests.length, 5);
  });

  it('counts the flaws of the window asked for, not of all it holds', async () => {
    const { source, feed } = feedSetup();
    source.script = (rows) => rows.toSpliced(100, 1).with(150, [Number.NaN, 1, 1, 1, 1, 1]);
    assert.deepEqual((await feed.candles({ ...BTC, count: 300 })).quality, { rejected: 1, filled: 2 });
    assert.deepEqual((await feed.candles({ ...BTC, count: 120 })).quality, { rejected: 1, filled: 0 });
    assert.equal(source.requests.length, 1);
  });
});

describe('createCandleFeed: top-up', () => {
  it('fetches only what is new when a candle has closed', async () => {
    const { clock, source, feed, openFeed } = feedSetup();
    await feed.candles({ ...BTC, count: 250 });
    await clock.advance(HOUR);
    const toppedUp = await feed.candles({ ...BTC, count: 250 });
    const [, topUp] = source.requests;
    assert.deepEqual(topUp, { ...BTC, since: lastClosedOpenTime(FEED_START, '1h'), limit: 4 });
    assert.deepEqual(toppedUp, await openFeed().candles({ ...BTC, count: 250 }));
  });

  it('never changes a window that was handed out', async () => {
    const { clock, feed } = feedSetup();
    const window = await feed.candles({ ...BTC, count: 250 });
    const before = structuredClone(rowsOf(window));
    for (let hour = 0; hour < 5; hour += 1) {
      await clock.advance(HOUR);
      await feed.candles({ ...BTC, count: 250 });
    }
    assert.deepEqual(rowsOf(window), before);
  });

  it('fetches everything when the exchange has revised the candle both know', async () => {
    const { clock, source, feed } = feedSetup();
    const revise = lastClosedOpenTime(FEED_START, '1h');
    await feed.candles({ ...BTC, count: 250 });
    await clock.advance(HOUR);
    source.script = (rows) => rows.map((row) => (row[0] === revise ? row.with(5, 42) : row) as typeof row); // same length
    const window = await feed.candles({ ...BTC, count: 250 });
    assert.deepEqual(
      source.requests.map(({ limit }) => limit),
      [251, 4, 251],
    );
    assert.equal(window.series.volume.at(-2), 42);
  });

  it('fetches everything at once when as much is missing as is held', async () => {
    const { clock, source, feed } = feedSetup();
    await feed.candles({ ...BTC, count: 50 });
    await clock.advance(60 * HOUR);
    await feed.candles({ ...BTC, count: 50 });
    assert.deepEqual(source.requests[1], { ...BTC, limit: 51 });
  });

  it('forgets what lies ahead of a clock that was set back', async () => {
    const { clock, source, feed } = feedSetup();
    await feed.candles({ ...BTC, count: 50 });
    clock.jumpWall(-3 * HOUR);
    const window = await feed.candles({ ...BTC, count: 50 });
    assert.equal(window.series.openTime.at(-1), lastClosedOpenTime(clock.now(), '1h'));
    assert.equal(source.requests.length, 2);
  });

  it('does not take a candle for closed that closed while the answer travelled', async () => {
    const { clock, source, feed, openFeed } = feedSetup();
    await clock.advance(HOUR / 2 - 10);
    source.script = async (rows) => {
      await clock.advance(20);
      return [...rows, [candleOpenTime(clock.now(), '1h'), 1, 1, 1, 1, 1]];
    };
    const before = await feed.candles({ ...BTC, count: 50 });
    assert.equal(before.series.openTime.at(-1), lastClosedOpenTime(FEED_START, '1h'));
    assert.equal(before.quality.rejected, 0);
    source.script = (rows) => rows;
    const after = await feed.candles({ ...BTC, count: 50 });
    assert.deepEqual(rowsOf(after), rowsOf(await openFeed().candles({ ...BTC, count: 50 })));
  });

  it('tells closed candles by the clock that a live exchange has set during the call', async () => {
    for (const skewMs of [-3 * HOUR, 3 * HOUR]) {
      const { clock, source, feed } = feedSetup();
      clock.jumpWall(skewMs);
      source.script = async (_, { request }) => {
        source.script = (rows) => rows;
        clock.jumpWall(-skewMs);
        return rowsFromColumns(await source.fetchCandles(request));
      };
      const window = await feed.candles({ ...BTC, count: 50 });
      assert.equal(window.series.openTime.at(-1), lastClosedOpenTime(FEED_START, '1h'));
      assert.equal(window.fetchedAt, FEED_START);
      assert.equal(clock.pendingTimers, 0);
    }
  });

  it('remembers gaps over top-ups until they leave the window', async () => {
    const { clock, source, feed } = feedSetup();
    const lost = lastClosedOpenTime(FEED_START, '1h') - 2 * HOUR;
    source.script = (rows) => rows.filter(([openTime]) => openTime !== lost);
    const filled: number[] = [];
    for (let hour = 0; hour < 20; hour += 1) {
      filled.push((await feed.candles({ ...BTC, count: 20 })).quality.filled);
      await clock.advance(HOUR);
    }
    assert.deepEqual(
      filled,
      Array.from({ length: 20 }, (_, hour) => (hour < 18 ? 1 : 0)),
    );
  });

  it('equals a fresh fetch after any history of requests and pauses', async () => {
    const step = fc.record({
      hours: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(40)),
      minutes: fc.integer({ min: 0, max: 59 }),
      count: fc.integer({ min: 1, max: 60 }),
    });
    // Broken in the same way for everyone who asks: some candles are lost, some come twice, all out of order.
    const isLost = (openTime: number) => (openTime / HOUR) % 29 === 0;
    const isTwice = (openTime: number) => (openTime / HOUR) % 7 === 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { clock, source, feed, openFeed } = feedSetup({ kind: 'recorded' });
        source.script = (rows) =>
          rows
            .filter(([openTime]) => !isLost(openTime))
            .flatMap((row) => (isTwice(row[0]) ? [row, row] : [row]))
            .toReversed();
        for (const { hours, minutes, count } of steps) {
          clock.jumpWall(hours * HOUR + minutes * 60_000);
          const outcome = await feed.candles({ ...BTC, count: 61 + count }).catch(codeOf);
          const fresh = await openFeed()
            .candles({ ...BTC, count: 61 + count })
            .catch(codeOf);
          if (typeof fresh === 'string' || typeof outcome === 'string') assert.equal(outcome, fresh);
          else assertSameWhereBothReach(outcome, fresh);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
}

/** A fresh window that begins with a lost candle is shorter by it; a held one knows it from before. */
function assertSameWhereBothReach(warm: CandleWindow, fresh: CandleWindow): void {
  const length = Math.min(warm.series.length, fresh.series.length);
  assert.ok(Math.abs(warm.series.length - fresh.series.length) <= 2);
  assert.deepEqual(rowsOf(warm).slice(-length), rowsOf(fresh).slice(-length));
}
