import assert from 'node:assert/strict';
import { type CandleRow, lastClosedOpenTime } from '@fast-scanner/shared';
import { feedSetup, HOUR } from '../../support/feed-setup.ts';
import type { CandleCall } from '../../support/recorded-source.ts';

const BTC = { symbol: 'BTC/USDT', timeframe: '1h', count: 50 } as const;

/** A script that holds every answer back until it is released or its call aborted. */
function heldBack() {
  const waiting: (() => void)[] = [];
  const script = (rows: CandleRow[], { signal }: CandleCall) =>
    new Promise<CandleRow[]>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      waiting.push(() => resolve(rows));
    });
  const release = () => {
    for (const answer of waiting.splice(0)) answer();
  };
  return { script, release };
}

describe('createCandleFeed: callers at the same time', () => {
  it('share one request, cold and when a candle has closed', async () => {
    const { clock, source, feed } = feedSetup();
    const ask = () => Promise.all(Array.from({ length: 20 }, () => feed.candles(BTC)));
    const [first, ...others] = await ask();
    for (const window of others) assert.deepEqual(window, first);
    assert.equal(source.requests.length, 1);
    await clock.advance(HOUR);
    await ask();
    assert.equal(source.requests.length, 2);
  });

  it('share one top-up even when they want different counts', async () => {
    const { clock, source, feed } = feedSetup();
    await feed.candles(BTC);
    await clock.advance(HOUR);
    const [large, small] = await Promise.all([feed.candles(BTC), feed.candles({ ...BTC, count: 10 })]);
    assert.deepEqual([large.series.length, small.series.length], [50, 10]);
    assert.equal(source.requests.length, 2);
  });

  it('each get their count, and the larger window is kept, whichever answer comes last', async () => {
    for (const counts of [
      [40, 80],
      [80, 40],
    ]) {
      const { source, feed } = feedSetup();
      const windows = await Promise.all(counts.map((count) => feed.candles({ ...BTC, count })));
      assert.deepEqual(
        windows.map(({ series }) => series.length),
        counts,
      );
      await feed.candles({ ...BTC, count: 80 });
      assert.equal(source.requests.length, 2);
    }
  });

  it('do not share a request made before a candle closed with one made after', async () => {
    const { clock, source, feed } = feedSetup();
    const { script, release } = heldBack();
    source.script = script;
    const before = feed.candles(BTC);
    await clock.advance(HOUR);
    const after = feed.candles(BTC);
    await clock.advance(0);
    release();
    const newest = lastClosedOpenTime(clock.now(), '1h');
    assert.equal((await before).series.openTime.at(-1), newest - HOUR);
    assert.equal((await after).series.openTime.at(-1), newest);
  });

  it('may leave without harm to the others; the request ends with the last of them', async () => {
    const { clock, source, feed } = feedSetup();
    const { script, release } = heldBack();
    const signals: (AbortSignal | undefined)[] = [];
    source.script = (rows, call) => {
      signals.push(call.signal);
      return script(rows, call);
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const left = feed.candles(BTC, { signal: first.signal });
    const stayed = feed.candles(BTC, { signal: second.signal });
    first.abort(new Error('left'));
    await assert.rejects(left, /left/);
    release();
    assert.equal((await stayed).series.length, 50);

    const alone = feed.candles({ ...BTC, symbol: 'ETH/USDT' }, { signal: second.signal });
    await clock.advance(0);
    second.abort(new Error('left too'));
    await assert.rejects(alone, /left too/);
    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [false, true],
    );
  });

  it('that aborted before they asked cause no request', async () => {
    const { source, feed } = feedSetup();
    const signal = AbortSignal.abort(new Error('too late'));
    await assert.rejects(feed.candles(BTC, { signal }), /too late/);
    await assert.rejects(feed.tickers(['BTC/USDT'], { signal }), /too late/);
    assert.equal(source.requests.length + source.tickerRequests.length, 0);
  });
});

describe('createCandleFeed: close', () => {
  it('ends what is in flight, closes the source once and refuses more', async () => {
    const { source, feed } = feedSetup();
    source.script = heldBack().script;
    const inFlight = assert.rejects(feed.candles(BTC), { code: 'unavailable' });
    await Promise.all([feed.close(), feed.close()]);
    await inFlight;
    assert.equal(source.timesClosed, 1);
    await assert.rejects(feed.candles(BTC), { code: 'unavailable' });
    await assert.rejects(feed.tickers(['BTC/USDT']), { code: 'unavailable' });
    await assert.rejects(feed.markets(), { code: 'unavailable' });
  });
});

describe('createCandleFeed: markets and tickers', () => {
  it('passes markets and the data source through', async () => {
    const { source, feed } = feedSetup();
    assert.deepEqual(await feed.markets(), await source.listMarkets());
    assert.equal(feed.dataSource, source.dataSource);
  });

  it('asks for all tickers in one call, shares it, and repeats it after two seconds', async () => {
    const { clock, source, feed } = feedSetup();
    const symbols = ['BTC/USDT', 'ETH/USDT'];
    const [first] = await Promise.all([feed.tickers(symbols), feed.tickers(symbols.toReversed())]);
    assert.deepEqual([...first.keys()], symbols);
    await clock.advance(1_999);
    await feed.tickers(symbols);
    assert.deepEqual(source.tickerRequests, [symbols]);
    await clock.advance(1);
    await feed.tickers(symbols);
    assert.equal(source.tickerRequests.length, 2);
  });

  it('asks nothing when no symbol is wanted', async () => {
    const { source, feed } = feedSetup();
    assert.equal((await feed.tickers([])).size, 0);
    assert.equal(source.tickerRequests.length, 0);
  });

  it('never takes 0 or NaN for a price', async () => {
    const { source, feed } = feedSetup();
    for (const last of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      source.tickerScript = (ticker) => (ticker.symbol === 'BTC/USDT' ? { ...ticker, last } : ticker);
      const tickers = await feed.tickers(['BTC/USDT', 'ETH/USDT', `X${last}/USDT`]);
      assert.equal(tickers.has('BTC/USDT'), false);
      assert.equal(tickers.has('ETH/USDT'), true);
    }
  });
});
