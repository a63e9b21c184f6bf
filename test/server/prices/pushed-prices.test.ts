import assert from 'node:assert/strict';
import { PricePollers } from '@fast-scanner/server/prices/price-pollers.ts';
import { type PricesEvent, priceEventSchemas, ScannerError } from '@fast-scanner/shared';
import fc from 'fast-check';
import { FEED_START, feedSetup } from '../../support/feed-setup.ts';
import { pushingTickers } from '../../support/pushing-source.ts';

const BROKEN = new ScannerError('exchange_unavailable', 'recorded closed the stream');

/** Pollers of a source that answers 100 for everything and pushes what the test pushes. */
function pushSetup() {
  const { watches, watchTickers } = pushingTickers();
  const { clock, source, feed } = feedSetup({ watchTickers });
  const bugs: unknown[] = [];
  const pollers = new PricePollers({ clock, onBug: (error) => bugs.push(error) });
  const watch = (...symbols: string[]) => {
    const events: PricesEvent[] = [];
    const onPrices = (event: PricesEvent) => events.push(priceEventSchemas.prices.parse(event)) > 0;
    const dispose = pollers.watch(feed, { symbols: new Set(symbols), onPrices });
    const told = () =>
      events.flatMap(({ prices }) => prices.map(({ symbol, price }) => `${symbol} ${price}`));
    return { events, told, dispose };
  };
  const push = (symbol: string, price: number, timestamp = clock.now()) =>
    newest().push(symbol, price, timestamp);
  const newest = () => {
    const open = watches.at(-1);
    if (!open) throw new Error('nothing is watched');
    return open;
  };
  const polls = () => source.tickerRequests.length;
  return { clock, source, feed, bugs, pollers, watches, newest, watch, push, polls };
}

describe('prices an exchange pushes', () => {
  it('are told without a poll, after the one that tells the first', async () => {
    const { clock, pollers, watch, push, polls } = pushSetup();
    const { told } = watch('BTC/USDT');
    await clock.advance(0);
    for (let second = 1; second <= 60; second += 1) {
      push('BTC/USDT', 100 + second);
      await clock.advance(1_000);
    }
    assert.equal(polls(), 1);
    assert.deepEqual([told().length, told().at(-1)], [61, 'BTC/USDT 160']);
    await pollers.close();
  });

  it('are polled as long as the stream has not told them', async () => {
    const { clock, source, pollers, watch, push } = pushSetup();
    watch('BTC/USDT', 'ETH/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101);
    await clock.advance(9_000);
    assert.deepEqual(source.tickerRequests.slice(1), [['ETH/USDT'], ['ETH/USDT'], ['ETH/USDT']]);
    await pollers.close();
  });

  it('come over one stream, whoever watches', async () => {
    const { clock, pollers, watches, watch, push } = pushSetup();
    const watchers = Array.from({ length: 20 }, () => watch('BTC/USDT', 'ETH/USDT'));
    await clock.advance(0);
    push('ETH/USDT', 7);
    await clock.advance(1_000);
    assert.equal(watches.length, 1);
    for (const { told } of watchers) assert.equal(told().at(-1), 'ETH/USDT 7');
    await pollers.close();
  });

  it('are told once a second at most, and only when they have changed', async () => {
    const { clock, pollers, watch, push } = pushSetup();
    const { events, told } = watch('BTC/USDT');
    await clock.advance(0);
    for (let step = 1; step <= 50; step += 1) {
      push('BTC/USDT', 200 + step);
      await clock.advance(100);
    }
    assert.ok(events.length <= 6, `${events.length} in 5 s`);
    const times = events.map(({ timestamp }) => Date.parse(timestamp));
    for (let index = 1; index < times.length; index += 1) {
      assert.ok((times[index] ?? 0) - (times[index - 1] ?? 0) >= 1_000);
    }
    await clock.advance(1_000);
    assert.equal(told().at(-1), 'BTC/USDT 250');
    const before = events.length;
    for (let step = 0; step < 5; step += 1) {
      push('BTC/USDT', 250);
      await clock.advance(1_000);
    }
    assert.equal(events.length, before);
    await pollers.close();
  });

  it('never go back in time, whatever order they come in', async () => {
    const pushes = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(pushes, async (steps) => {
        const { clock, pollers, watch, push } = pushSetup();
        const { events } = watch('BTC/USDT');
        await clock.advance(60_000); // pushes are newer than the first poll
        for (const [second, isTold] of steps) {
          push('BTC/USDT', 1_000 + second, FEED_START + 30_000 + second * 1_000);
          if (isTold) await clock.advance(1_000);
        }
        await clock.advance(1_000);
        const times = events.flatMap(({ prices }) => prices.map(({ timestamp }) => Date.parse(timestamp)));
        assert.deepEqual(
          times,
          [...times].sort((a, b) => a - b),
        );
        await pollers.close();
      }),
      { numRuns: 25 },
    );
  });

  it('are not replaced by an older answer to a poll', async () => {
    const { clock, source, pollers, watch, push } = pushSetup();
    source.tickerScript = (ticker) => ({ ...ticker, timestamp: FEED_START - 60_000 });
    const { told } = watch('BTC/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101);
    await clock.advance(1_000);
    assert.equal(told().at(-1), 'BTC/USDT 101');
    const late = watch('ETH/USDT');
    await clock.advance(15_000);
    assert.deepEqual([told().at(-1), late.told()], ['BTC/USDT 101', ['ETH/USDT 100']]);
    await pollers.close();
  });

  it('replace a price from the future, which a wrong clock left', async () => {
    const { clock, pollers, watch, push } = pushSetup();
    const { told } = watch('BTC/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101, clock.now() + 3_600_000);
    await clock.advance(1_000);
    push('BTC/USDT', 102);
    await clock.advance(1_000);
    assert.equal(told().at(-1), 'BTC/USDT 102');
    await pollers.close();
  });

  it('answer who asks in the next moment, without a call', async () => {
    const { clock, feed, pollers, watch, push, polls } = pushSetup();
    watch('BTC/USDT');
    await clock.advance(5_000);
    const asked = polls();
    push('BTC/USDT', 123);
    await clock.advance(1_900);
    assert.equal((await feed.tickers(['BTC/USDT'])).get('BTC/USDT')?.last, 123);
    assert.equal(polls(), asked);
    await pollers.close();
  });
});

describe('a stream of prices', () => {
  it('that breaks gives way to polling at once, and polling to it when it is back', async () => {
    const { clock, pollers, watches, newest, watch, push, polls } = pushSetup();
    const { told } = watch('BTC/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101);
    await clock.advance(7_500);
    assert.equal(polls(), 1);
    newest().fail(BROKEN);
    await clock.advance(0);
    assert.deepEqual([polls(), told().at(-1)], [2, 'BTC/USDT 100']);
    await clock.advance(1_000);
    assert.equal(watches.length, 2);
    push('BTC/USDT', 102);
    const asked = polls();
    await clock.advance(20_000);
    assert.deepEqual([polls(), told().at(-1)], [asked, 'BTC/USDT 102']);
    await pollers.close();
  });

  it('that never comes leaves the polls at their times', async () => {
    const { clock, pollers, watches, newest, watch, polls } = pushSetup();
    watch('BTC/USDT');
    await clock.advance(0);
    for (let second = 0; second < 60; second += 1) {
      if (watches.at(-1)?.signal.aborted === false) newest().fail(BROKEN);
      await clock.advance(1_000);
    }
    assert.ok(watches.length >= 6);
    assert.equal(polls(), 21);
    await pollers.close();
  });

  it('is tried again after 1 s, 2 s, 4 s … 60 s, and after 1 s again once it was well', async () => {
    const { clock, pollers, watches, newest, watch, push, polls } = pushSetup();
    watch('BTC/USDT');
    await clock.advance(0);
    const pauses: number[] = [];
    const breakAndWait = async () => {
      const known = watches.length;
      const brokenAt = clock.now();
      newest().fail(BROKEN);
      while (watches.length === known) await clock.advance(500);
      pauses.push(clock.now() - brokenAt);
    };
    for (let turn = 0; turn < 8; turn += 1) await breakAndWait();
    assert.deepEqual(
      pauses,
      [1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000),
    );
    assert.ok(polls() >= 50, `${polls()} polls in 183 s`);
    for (let second = 0; second <= 31; second += 1) {
      push('BTC/USDT', 100 + second);
      await clock.advance(1_000);
    }
    await breakAndWait();
    assert.equal(pauses.at(-1), 1_000);
    await pollers.close();
  });

  it('that is silent for 30 s is broken: it is closed, and prices are polled', async () => {
    const { clock, pollers, newest, watch, push, polls } = pushSetup();
    watch('BTC/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101);
    const silent = newest();
    await clock.advance(29_999);
    assert.deepEqual([silent.signal.aborted, polls()], [false, 1]);
    await clock.advance(1);
    assert.deepEqual([silent.signal.aborted, polls()], [true, 2]);
    silent.push('BTC/USDT', 999, clock.now());
    await clock.advance(3_000);
    await pollers.close();
  });

  it('that was closed is not heard any more', async () => {
    const { clock, pollers, newest, watch } = pushSetup();
    const { told } = watch('BTC/USDT');
    await clock.advance(0);
    const closed = newest();
    await clock.advance(30_000);
    closed.push('BTC/USDT', 999, clock.now());
    await clock.advance(3_000);
    assert.ok(!told().includes('BTC/USDT 999'));
    await pollers.close();
  });

  it('ends with its last watcher, and nothing is left running', async () => {
    const { clock, pollers, watches, watch, push, polls } = pushSetup();
    const first = watch('BTC/USDT');
    const second = watch('BTC/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101);
    push('BTC/USDT', 102); // waits to be told
    first.dispose();
    assert.equal(watches[0]?.signal.aborted, false);
    second.dispose();
    await clock.advance(0);
    assert.deepEqual([watches[0]?.signal.aborted, clock.pendingTimers], [true, 0]);
    await clock.advance(60_000);
    assert.deepEqual([watches.length, polls()], [1, 1]);
    await pollers.close();
  });

  it('is renewed for new symbols, which are polled until it tells them, and at most every 10 s', async () => {
    const { clock, source, pollers, watches, newest, watch, push } = pushSetup();
    watch('BTC/USDT');
    await clock.advance(0);
    push('BTC/USDT', 101);
    await clock.advance(3_500);
    const late = watch('ETH/USDT');
    await clock.advance(0);
    assert.deepEqual([source.tickerRequests.at(-1), late.told()], [['ETH/USDT'], ['ETH/USDT 100']]);
    watch('SOL/USDT');
    await clock.advance(6_499);
    assert.equal(watches.length, 1);
    await clock.advance(1);
    assert.deepEqual(newest().symbols, ['BTC/USDT', 'ETH/USDT', 'SOL/USDT']);
    assert.deepEqual([watches.length, watches[0]?.signal.aborted], [2, true]);
    await pollers.close();
  });

  it('is renewed when it carries twice what is watched, not for one that leaves', async () => {
    const { clock, pollers, watches, newest, watch } = pushSetup();
    watch('BTC/USDT');
    const second = watch('ETH/USDT');
    const third = watch('SOL/USDT');
    await clock.advance(0);
    second.dispose();
    await clock.advance(15_000);
    assert.equal(watches.length, 1);
    third.dispose();
    await clock.advance(0);
    assert.deepEqual([watches.length, newest().symbols], [2, ['BTC/USDT']]);
    await pollers.close();
  });

  it('that fails by a bug reports it and is tried again', async () => {
    const { clock, bugs, pollers, watches, newest, watch } = pushSetup();
    watch('BTC/USDT');
    await clock.advance(0);
    newest().fail(new TypeError('broken'));
    await clock.advance(1_000);
    assert.deepEqual([bugs.length, watches.length], [1, 2]);
    await pollers.close();
  });

  it('ends the failure that polling met', async () => {
    const { clock, source, pollers, watch, push } = pushSetup();
    const { events } = watch('BTC/USDT');
    source.tickerScript = () => {
      throw new ScannerError('exchange_unavailable', 'recorded: cannot be reached');
    };
    await clock.advance(0);
    assert.equal(events.at(-1)?.error?.code, 'exchange_unavailable');
    push('BTC/USDT', 101);
    await clock.advance(1_000);
    assert.deepEqual([events.at(-1)?.error, events.at(-1)?.prices[0]?.price], [null, 101]);
    await pollers.close();
  });
});
