import assert from 'node:assert/strict';
import { PricePollers } from '@fast-scanner/server/prices/price-pollers.ts';
import { type PricesEvent, priceEventSchemas, ScannerError } from '@fast-scanner/shared';
import { feedSetup } from '../../support/feed-setup.ts';

function pollerSetup() {
  const { clock, source, feed } = feedSetup();
  const prices = new Map<string, number>();
  const failures: ScannerError[] = [];
  const bugs: unknown[] = [];
  source.tickerScript = (ticker) => {
    const [failure] = failures;
    if (failure) throw failure;
    return { ...ticker, last: prices.get(ticker.symbol) ?? ticker.last };
  };
  const pollers = new PricePollers({ clock, onBug: (error) => bugs.push(error) });
  const watch = (symbols: readonly string[], accepts: () => boolean = () => true) => {
    const events: PricesEvent[] = [];
    const onPrices = (event: PricesEvent) => {
      if (!accepts()) return false;
      events.push(priceEventSchemas.prices.parse(event));
      return true;
    };
    const dispose = pollers.watch(feed, { symbols: new Set(symbols), onPrices });
    const told = () => events.map((event) => event.prices.map(({ symbol, price }) => `${symbol} ${price}`));
    return { events, told, dispose };
  };
  return { clock, source, prices, failures, bugs, pollers, watch };
}

const DOWN = new ScannerError('exchange_unavailable', 'recorded: cannot be reached');

describe('the price poller', () => {
  it('asks every three seconds for the symbols of all watchers in one call', async () => {
    const { clock, source, pollers, watch } = pollerSetup();
    watch(['BTC/USDT']);
    watch(['ETH/USDT', 'BTC/USDT']);
    await clock.advance(0);
    assert.deepEqual(source.tickerRequests, [['BTC/USDT', 'ETH/USDT']]);
    await clock.advance(60_000);
    assert.equal(source.tickerRequests.length, 21);
    await pollers.close();
  });

  it('tells only what has changed, to those who watch it', async () => {
    const { clock, prices, pollers, watch } = pollerSetup();
    const both = watch(['BTC/USDT', 'ETH/USDT']);
    const one = watch(['ETH/USDT']);
    await clock.advance(9_000);
    assert.deepEqual(both.told(), [['BTC/USDT 100', 'ETH/USDT 100']]);
    prices.set('BTC/USDT', 101);
    await clock.advance(3_000);
    assert.deepEqual(both.told().slice(1), [['BTC/USDT 101']]);
    assert.deepEqual(one.told(), [['ETH/USDT 100']]);
    await pollers.close();
  });

  it('tells a late watcher at once what is known, without a call', async () => {
    const { clock, source, pollers, watch } = pollerSetup();
    watch(['BTC/USDT']);
    await clock.advance(1_500);
    const late = watch(['BTC/USDT']);
    await clock.advance(0);
    assert.deepEqual(late.told(), [['BTC/USDT 100']]);
    assert.equal(late.events[0]?.prices[0]?.ageMs, 1_500, 'the age grows while a price waits');
    assert.equal(source.tickerRequests.length, 1);
    await pollers.close();
  });

  it('asks for new symbols soon, but never twice within a second', async () => {
    const { clock, source, pollers, watch } = pollerSetup();
    watch(['BTC/USDT']);
    await clock.advance(100);
    const late = watch(['ETH/USDT']);
    await clock.advance(899);
    assert.equal(source.tickerRequests.length, 1);
    await clock.advance(1);
    assert.deepEqual(late.told(), [['ETH/USDT 100']]);
    assert.deepEqual(source.tickerRequests[1], ['ETH/USDT'], 'what is fresh is not asked again');
    await pollers.close();
  });

  it('asks at most twenty times a minute, also when the first watcher comes between the multiples', async () => {
    for (const startMs of [0, 150, 500, 1_999, 2_950]) {
      const { clock, source, pollers, watch } = pollerSetup();
      await clock.advance(startMs);
      watch(['BTC/USDT']);
      await clock.advance(59_999);
      assert.ok(
        [19, 20].includes(source.tickerRequests.length),
        `${source.tickerRequests.length} from ${startMs}`,
      );
      await pollers.close();
    }
  });

  it('keeps what a client does not take and tells it the newest later', async () => {
    const { clock, prices, pollers, watch } = pollerSetup();
    let isReading = false;
    const slow = watch(['BTC/USDT'], () => isReading);
    for (const price of [101, 102, 103]) {
      prices.set('BTC/USDT', price);
      await clock.advance(3_000);
    }
    assert.deepEqual(slow.events, []);
    isReading = true;
    await clock.advance(3_000);
    assert.deepEqual(slow.told(), [['BTC/USDT 103']]);
    await pollers.close();
  });

  it('backs off from a failing exchange up to a minute, says so once, and says when it is over', async () => {
    const { clock, source, failures, pollers, watch } = pollerSetup();
    const { events, dispose } = watch(['BTC/USDT']);
    failures.push(DOWN);
    const pauses: (number | null)[] = [];
    await clock.advance(0);
    for (let poll = 0; poll < 7; poll += 1) {
      pauses.push(clock.nextTimerInMs);
      await clock.advance(clock.nextTimerInMs ?? 0);
    }
    assert.deepEqual(pauses, [6_000, 12_000, 24_000, 48_000, 60_000, 60_000, 60_000]);
    assert.deepEqual(
      events.map(({ error, prices }) => [error?.code, prices.length]),
      [['exchange_unavailable', 0]],
    );
    const asked = source.tickerRequests.length;
    const late = watch(['ETH/USDT']);
    await clock.advance(0);
    assert.equal(late.events[0]?.error?.code, 'exchange_unavailable');
    assert.equal(source.tickerRequests.length, asked, 'a new watcher does not shorten the pause');
    failures.pop();
    await clock.advance(60_000);
    assert.deepEqual(
      events.slice(1).map(({ error, prices }) => [error, prices.length]),
      [[null, 1]],
    );
    dispose();
    await pollers.close();
  });

  it('tells once why a symbol has no price', async () => {
    const { clock, prices, pollers, watch } = pollerSetup();
    prices.set('ETH/USDT', 0).set('NONE/USDT', 0);
    const { events } = watch(['BTC/USDT', 'ETH/USDT', 'NONE/USDT']);
    await clock.advance(9_000);
    assert.equal(events.length, 1);
    assert.deepEqual(
      events[0]?.errors?.map(({ symbol, code }) => [symbol, code]),
      [
        ['ETH/USDT', 'no_data'],
        ['NONE/USDT', 'symbol_unknown'],
      ],
    );
    await pollers.close();
  });

  it('never has two calls under way, and ends the one under way with its last watcher', async () => {
    const { clock, source, bugs, watch } = pollerSetup();
    const signals: (AbortSignal | undefined)[] = [];
    source.fetchTickers = (_symbols, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signals.push(signal);
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    const first = watch(['BTC/USDT']);
    await clock.advance(9_000);
    assert.equal(signals.length, 1);
    first.dispose();
    await clock.advance(0);
    assert.deepEqual([signals[0]?.aborted, clock.pendingTimers, bugs.length], [true, 0, 0]);
  });

  it('rests while nobody watches and begins anew', async () => {
    const { clock, source, pollers, watch } = pollerSetup();
    const first = watch(['BTC/USDT']);
    await clock.advance(3_000);
    first.dispose();
    first.dispose();
    assert.equal(clock.pendingTimers, 0);
    await clock.advance(60_000);
    const asked = source.tickerRequests.length;
    const again = watch(['BTC/USDT']);
    await clock.advance(0);
    assert.deepEqual(again.told(), [['BTC/USDT 100']]);
    assert.equal(source.tickerRequests.length, asked + 1);
    await pollers.close();
    await pollers.close();
  });

  it('reports a bug as one and goes on', async () => {
    const { clock, source, bugs, pollers, watch } = pollerSetup();
    const { events } = watch(['BTC/USDT']);
    source.tickerScript = () => {
      throw new TypeError('broken');
    };
    await clock.advance(0);
    assert.equal(bugs.length, 1);
    assert.equal(events[0]?.error?.code, 'internal');
    source.tickerScript = (ticker) => ticker;
    await clock.advance(6_000);
    assert.equal(events[1]?.prices.length, 1);
    await pollers.close();
  });
});
