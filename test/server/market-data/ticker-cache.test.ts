import assert from 'node:assert/strict';
import { feedSetup } from '../../support/feed-setup.ts';
import { pushingTickers } from '../../support/pushing-source.ts';

describe('createCandleFeed: tickers of overlapping symbols', () => {
  it('are asked for once by all callers of a moment, in one call for the union', async () => {
    const { clock, source, feed } = feedSetup({ tickerGatherMs: 50 });
    const first = feed.tickers(['A', 'B']);
    await clock.advance(49);
    const second = feed.tickers(['C', 'B']);
    await clock.advance(1);
    assert.deepEqual([...(await first).keys()], ['A', 'B']);
    assert.deepEqual([...(await second).keys()], ['C', 'B']);
    assert.deepEqual(source.tickerRequests, [['A', 'B', 'C']]);
  });

  it('that are known or under way are not asked for again', async () => {
    const { clock, source, feed } = feedSetup({ tickerGatherMs: 50 });
    const known = feed.tickers(['A']);
    await clock.advance(50);
    await known;
    const both = Promise.all([feed.tickers(['A', 'B']), feed.tickers(['B', 'A'])]);
    await clock.advance(50);
    for (const tickers of await both) assert.deepEqual([...tickers.keys()].sort(), ['A', 'B']);
    assert.deepEqual(source.tickerRequests, [['A'], ['B']]);
    await clock.advance(1_950);
    const later = feed.tickers(['A', 'B']);
    await clock.advance(50);
    await later;
    assert.deepEqual(source.tickerRequests[2], ['A'], 'each symbol ages by itself');
  });

  it('without a price are not asked for again either', async () => {
    const { source, feed } = feedSetup();
    source.tickerScript = (ticker) => ({ ...ticker, last: 0 });
    assert.equal((await feed.tickers(['A'])).size, 0);
    assert.equal((await feed.tickers(['A'])).size, 0);
    assert.equal(source.tickerRequests.length, 1);
  });

  it('are still brought to those who stay when others leave', async () => {
    const { clock, source, feed } = feedSetup({ tickerGatherMs: 50 });
    const leaver = new AbortController();
    const left = assert.rejects(feed.tickers(['A', 'B'], { signal: leaver.signal }), /enough/);
    const stayed = feed.tickers(['B']);
    leaver.abort(new Error('enough'));
    await left;
    await clock.advance(50);
    assert.deepEqual([...(await stayed).keys()], ['B']);
    assert.equal(source.tickerRequests.length, 1);
  });

  it('that all have given up are asked for anew by the next', async () => {
    const { clock, source, feed } = feedSetup({ tickerGatherMs: 50 });
    const leaver = new AbortController();
    const left = assert.rejects(feed.tickers(['A'], { signal: leaver.signal }), /enough/);
    leaver.abort(new Error('enough'));
    const next = feed.tickers(['A']);
    await clock.advance(50);
    await left;
    assert.deepEqual([...(await next).keys()], ['A']);
    assert.deepEqual(source.tickerRequests, [['A']]);
    assert.equal(clock.pendingTimers, 0);
  });

  it('fail for all who share the call, and not for those after it', async () => {
    const { source, feed } = feedSetup();
    source.tickerScript = () => {
      throw new Error('no');
    };
    const both = [feed.tickers(['A', 'B']), feed.tickers(['B'])];
    for (const outcome of await Promise.allSettled(both)) assert.equal(outcome.status, 'rejected');
    assert.equal(source.tickerRequests.length, 1);
    source.tickerScript = (ticker) => ticker;
    assert.equal((await feed.tickers(['B'])).size, 1);
  });
});

describe('createCandleFeed: tickers that were pushed', () => {
  const pushedSetup = () => {
    const { watches, watchTickers } = pushingTickers();
    const setup = feedSetup({ tickerGatherMs: 50, watchTickers });
    const controller = new AbortController();
    const watched = setup.feed.watchTickers?.({
      symbols: ['A'],
      signal: controller.signal,
      onTickers: () => undefined,
    });
    const end = () => {
      controller.abort(new Error('enough'));
      return assert.rejects(watched ?? Promise.resolve(), /enough/);
    };
    const push = (price: number) => watches[0]?.push('A', price, setup.clock.now());
    return { ...setup, push, end };
  };

  it('answer the calls of the next two seconds', async () => {
    const { clock, source, feed, push, end } = pushedSetup();
    push(7);
    await clock.advance(1_999);
    assert.equal((await feed.tickers(['A'])).get('A')?.last, 7);
    assert.deepEqual(source.tickerRequests, []);
    await clock.advance(1);
    const later = feed.tickers(['A']);
    await clock.advance(50);
    assert.equal((await later).get('A')?.last, 100);
    await end();
  });

  it('are not replaced by the answer to a call that began before', async () => {
    const { clock, source, feed, push, end } = pushedSetup();
    const { fetchTickers } = source;
    source.fetchTickers = async (...request) => {
      const answer = await fetchTickers.apply(source, request);
      await new Promise<void>((resolve) => clock.schedule(500, resolve));
      return answer;
    };
    const asked = feed.tickers(['A']);
    await clock.advance(100);
    push(7);
    await clock.advance(500);
    await asked;
    assert.equal((await feed.tickers(['A'])).get('A')?.last, 7);
    await end();
  });

  it('are not offered by a source that cannot push', () => {
    assert.equal(feedSetup().feed.watchTickers, undefined);
  });
});
