import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { createGovernor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { governSource } from '@fast-scanner/server/market-data/governor/govern-source.ts';
import type { MarketFeed } from '@fast-scanner/server/market-data/market-feed.ts';
import { PricePollers } from '@fast-scanner/server/prices/price-pollers.ts';
import { type PricesEvent, priceEventSchemas } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import {
  type ExchangeServer,
  exchangeOptionsFor,
  startExchangeServer,
} from '../../support/exchange-server/index.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('prices streamed through ccxt.pro', () => {
  let clock: FakeClock;
  let exchange: ExchangeServer;
  let feed: MarketFeed;
  let pollers: PricePollers;
  let bugs: unknown[];

  const polls = () => exchange.requests.filter(({ path }) => path === '24hr').length;
  const watch = (...symbols: string[]) => {
    const events: PricesEvent[] = [];
    const onPrices = (event: PricesEvent) => events.push(priceEventSchemas.prices.parse(event)) > 0;
    const dispose = pollers.watch(feed, { symbols: new Set(symbols), onPrices });
    const newest = (symbol: string) =>
      events.flatMap(({ prices }) => prices).findLast((price) => price.symbol === symbol)?.price;
    return { events, newest, dispose };
  };
  /** Lets time pass in steps, with the network's own time in between, until the check holds. */
  const whileTimePasses = (check: () => void, stepMs = 500) =>
    eventually(async () => {
      await clock.advance(stepMs);
      check();
    });
  const subscribed = (...symbols: string[]) =>
    whileTimePasses(() => assert.deepEqual(exchange.stream.subscriptions, [new Set(symbols)]));

  beforeEach(async () => {
    clock = new FakeClock();
    bugs = [];
    exchange = await startExchangeServer({ symbols: 5, now: () => clock.now(), tickerIntervalMs: null });
    const governor = createGovernor({
      exchangeId: 'binance',
      clock,
      maxConcurrency: 5,
      maxRequestsPerSecond: 1_000,
    });
    const options = exchangeOptionsFor(exchange);
    const source = governSource(createCcxtMarketData({ exchangeId: 'binance', options, clock }), governor);
    feed = createCandleFeed(source, { clock });
    pollers = new PricePollers({ clock, onBug: (error) => bugs.push(error) });
    await feed.markets();
  });
  afterEach(async () => {
    await pollers.close();
    await feed.close();
    await exchange.close();
    assert.deepEqual(bugs, []);
  });

  it('arrive by push without a poll, and answer calls without one', async () => {
    const { newest } = watch('BTC/USDT', 'ETH/USDT');
    await subscribed('BTC/USDT', 'ETH/USDT');
    for (const symbol of ['BTC/USDT', 'ETH/USDT']) exchange.stream.push(symbol, { price: 10 });
    await whileTimePasses(() => assert.deepEqual([newest('BTC/USDT'), newest('ETH/USDT')], [10, 10]));
    const asked = polls();
    for (const price of [11, 12, 13]) {
      exchange.stream.push('BTC/USDT', { price });
      await whileTimePasses(() => assert.equal(newest('BTC/USDT'), price));
      await clock.advance(3_000);
    }
    exchange.stream.push('BTC/USDT', { price: 14 });
    await whileTimePasses(() => assert.equal(newest('BTC/USDT'), 14));
    assert.equal((await feed.tickers(['BTC/USDT'])).get('BTC/USDT')?.last, 14);
    assert.equal(polls(), asked);
  });

  it('are polled when the stream is cut, until it is back', async () => {
    const { newest } = watch('BTC/USDT');
    await subscribed('BTC/USDT');
    exchange.stream.push('BTC/USDT', { price: 10 });
    await whileTimePasses(() => assert.equal(newest('BTC/USDT'), 10));
    await clock.advance(3_000);
    const before = polls();
    exchange.stream.refuses = true;
    exchange.stream.cut();
    await whileTimePasses(() => assert.ok(polls() > before + 1 && newest('BTC/USDT') !== 10));
    exchange.stream.refuses = false;
    await subscribed('BTC/USDT');
    exchange.stream.push('BTC/USDT', { price: 20 });
    await whileTimePasses(() => assert.equal(newest('BTC/USDT'), 20));
    const asked = polls();
    await clock.advance(20_000);
    assert.equal(polls(), asked);
  });

  it('come over one socket for many watchers, which is closed when the last has left', async () => {
    const watchers = Array.from({ length: 30 }, () => watch('BTC/USDT', 'ETH/USDT'));
    await subscribed('BTC/USDT', 'ETH/USDT');
    exchange.stream.push('ETH/USDT', { price: 5 });
    await whileTimePasses(() => {
      for (const { newest } of watchers) assert.equal(newest('ETH/USDT'), 5);
    });
    assert.equal(exchange.stream.opened, 1);
    for (const { dispose } of watchers) dispose();
    await eventually(() => assert.deepEqual(exchange.stream.subscriptions, []));
    assert.equal(clock.pendingTimers, 0);
  });

  it('follow the symbols of those who come and go, over one socket at a time', async () => {
    watch('BTC/USDT');
    await subscribed('BTC/USDT');
    const late = watch('SOL/USDT', 'ETH/USDT');
    await subscribed('BTC/USDT', 'SOL/USDT', 'ETH/USDT');
    late.dispose();
    await subscribed('BTC/USDT');
    assert.equal(exchange.stream.opened, 3);
  });
});
