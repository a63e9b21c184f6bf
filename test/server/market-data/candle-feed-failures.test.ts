import assert from 'node:assert/strict';
import { lastClosedOpenTime, ScannerError } from '@fast-scanner/shared';
import { FEED_START, feedSetup, HOUR } from '../../support/feed-setup.ts';

const BTC = { symbol: 'BTC/USDT', timeframe: '1h', count: 50 } as const;
const NEWEST = lastClosedOpenTime(FEED_START, '1h');

describe('createCandleFeed: a newest closed candle that is missing', () => {
  const cases: readonly {
    readonly lateBy: number;
    readonly waits: readonly number[];
    readonly stale: boolean;
  }[] = [
    { lateBy: 0, waits: [], stale: false },
    { lateBy: 1, waits: [250], stale: false },
    { lateBy: 2, waits: [250, 500], stale: false },
    { lateBy: 3, waits: [250, 500, 1_000], stale: false },
    { lateBy: 4, waits: [250, 500, 1_000, 2_000], stale: false },
    { lateBy: 5, waits: [250, 500, 1_000, 2_000], stale: true },
  ];
  for (const { lateBy, waits, stale } of cases) {
    const outcome = stale ? 'is stale_data' : 'is waited for';
    it(`${outcome} when it is absent from ${lateBy} answers, with waits of [${waits}] ms`, async () => {
      const { clock, source, feed } = feedSetup();
      source.script = (rows, { number }) =>
        number <= lateBy ? rows.filter(([openTime]) => openTime !== NEWEST) : rows;
      const result = feed.candles(BTC).then(
        ({ series }) => series.openTime.at(-1),
        (error: ScannerError) => error.code,
      );
      for (const wait of waits) {
        await clock.advance(0);
        assert.equal(clock.nextTimerInMs, wait);
        await clock.advance(wait);
      }
      assert.equal(await result, stale ? 'stale_data' : NEWEST);
      assert.equal(source.requests.length, waits.length + 1);
      assert.equal(clock.pendingTimers, 0);
    });
  }

  it('is asked for with a top-up, not with the whole window again', async () => {
    const { clock, source, feed } = feedSetup();
    source.script = (rows, { number }) => (number === 1 ? rows.slice(0, -2) : rows);
    const result = feed.candles(BTC);
    await clock.advance(250);
    assert.equal((await result).series.length, 50);
    assert.deepEqual(source.requests[1], {
      symbol: 'BTC/USDT',
      timeframe: '1h',
      since: NEWEST - HOUR,
      limit: 4,
    });
  });

  it('is not taken from an answer that is older than its close', async () => {
    for (const lagMs of [600, 2_000, 3_000]) {
      const { clock, source, feed, openFeed } = feedSetup();
      await clock.advance(HOUR / 2 + 500);
      source.lagMs = lagMs;
      const result = feed.candles(BTC);
      await clock.advance(3_750);
      const { series } = await result;
      source.lagMs = 0;
      assert.deepEqual(series, (await openFeed().candles(BTC)).series);
      assert.equal(series.openTime.at(-1), NEWEST + HOUR);
    }
  });

  it('is waited for, then trusted, right after the close of an exchange that sends no open candles', async () => {
    for (const afterCloseMs of [0, 500, 2_999]) {
      const { clock, source, feed } = feedSetup();
      await clock.advance(HOUR / 2 + afterCloseMs);
      source.script = (rows) => rows.filter(([openTime]) => openTime + HOUR <= clock.now());
      const result = feed.candles(BTC);
      await clock.advance(3_750);
      assert.equal((await result).series.openTime.at(-1), NEWEST + HOUR);
      assert.ok(source.requests.length > 1);
    }
  });

  it('needs no waiting once the exchange has had its time, or sends the next candle', async () => {
    for (const afterCloseMs of [0, 3_000]) {
      const { clock, source, feed } = feedSetup();
      await clock.advance(HOUR / 2 + afterCloseMs);
      if (afterCloseMs > 0) source.script = (rows) => rows.slice(0, -1);
      assert.equal((await feed.candles(BTC)).series.openTime.at(-1), NEWEST + HOUR);
      assert.equal(source.requests.length, 1);
    }
  });

  it('is not waited for when the market is recorded', async () => {
    const { clock, source, feed } = feedSetup({ kind: 'recorded' });
    source.script = (rows) => rows.slice(0, -2);
    await assert.rejects(feed.candles(BTC), { code: 'stale_data' });
    assert.equal(source.requests.length, 1);
    await clock.advance(HOUR / 2);
    source.script = (rows) => rows.slice(0, -1);
    assert.equal((await feed.candles(BTC)).series.openTime.at(-1), NEWEST + HOUR);
    assert.equal(source.requests.length, 2);
  });

  it('is no reason to wait on after the caller has left', async () => {
    const { clock, source, feed } = feedSetup();
    source.script = (rows) => rows.slice(0, -2);
    const caller = new AbortController();
    const result = feed.candles(BTC, { signal: caller.signal });
    await clock.advance(100);
    caller.abort(new Error('left'));
    await assert.rejects(result, /left/);
    await clock.advance(0);
    assert.equal(clock.pendingTimers, 0);
  });
});

describe('createCandleFeed: failures', () => {
  it('calls a symbol delisted, at once, when its candles ended and its market is not active', async () => {
    const { clock, source, feed } = feedSetup({ inactive: ['BTC/USDT'] });
    source.script = (rows) => rows.slice(0, -10);
    await assert.rejects(feed.candles(BTC), { code: 'delisted' });
    source.script = () => [];
    await assert.rejects(feed.candles(BTC), { code: 'delisted' });
    assert.equal(source.requests.length, 2);
    assert.equal(clock.pendingTimers, 0);
  });

  it('calls a symbol stale, not delisted, while its market is active or when only one candle is missing', async () => {
    const cases = [
      { inactive: [], missing: 10 },
      { inactive: ['BTC/USDT'], missing: 2 },
    ];
    for (const { inactive, missing } of cases) {
      const { clock, source, feed } = feedSetup({ inactive });
      source.script = (rows) => rows.slice(0, -missing);
      const result = assert.rejects(feed.candles(BTC), { code: 'stale_data' });
      await clock.advance(3_750);
      await result;
    }
  });

  it('says no_data when there is nothing, or only the candle still forming', async () => {
    const { source, feed } = feedSetup();
    source.script = () => [];
    await assert.rejects(feed.candles(BTC), { code: 'no_data' });
    source.script = (rows) => rows.slice(-1);
    await assert.rejects(feed.candles(BTC), { code: 'no_data' });
  });

  it('passes the failures of the source on, and asks again the next time', async () => {
    const { source, feed } = feedSetup();
    source.script = () => {
      throw new ScannerError('rate_limited', 'slow down');
    };
    await assert.rejects(feed.candles(BTC), { code: 'rate_limited' });
    source.script = (rows) => rows;
    assert.equal((await feed.candles(BTC)).series.length, 50);
    await assert.rejects(feed.candles({ ...BTC, symbol: 'NO/USDT' }), { code: 'symbol_unknown' });
  });

  it('passes bad_data on, and does not keep the candles', async () => {
    const { source, feed } = feedSetup();
    source.script = (rows) => rows.map(([openTime]) => [openTime, 0, 0, 0, 0, 0]);
    await assert.rejects(feed.candles(BTC), { code: 'bad_data' });
    source.script = (rows) => rows;
    assert.equal((await feed.candles(BTC)).series.length, 50);
  });

  it('fetches everything anew when too many flaws have gathered over top-ups', async () => {
    const { clock, source, feed } = feedSetup({ kind: 'recorded' });
    await feed.candles(BTC);
    const fulls = () => source.requests.filter(({ since }) => since === undefined).length;
    source.script = (rows, { request }) =>
      request.since === undefined ? rows : [...rows, [clock.now() + 99 * HOUR, 1, 1, 1, 1, 1]];
    await clock.advance(HOUR);
    await feed.candles(BTC);
    assert.equal(fulls(), 1);
    await clock.advance(HOUR);
    assert.deepEqual((await feed.candles(BTC)).quality, { rejected: 0, filled: 0 });
    assert.equal(fulls(), 2);
  });
});
