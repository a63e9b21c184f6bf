import assert from 'node:assert/strict';
import { createScannerClient, type PriceUpdate, type ScannerClient } from '@fast-scanner/client';
import { eventually } from '../support/eventually.ts';
import { type ExchangeServer, startExchangeServer } from '../support/exchange-server/index.ts';
import { startLiveApp } from '../support/live-app.ts';
import type { RunningApp } from '../support/running-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('client.prices', () => {
  const folder = temporaryFolder();
  let exchange: ExchangeServer;
  let server: RunningApp;
  let client: ScannerClient;

  /** How often the server has answered a route. */
  const answered = async (route: string) => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.includes('http_request_seconds_count'));
    const counts = lines.filter((line) => line.includes(`route="${route}"`));
    return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  /** How many requests of each kind the work makes. */
  const counted = async (work: () => Promise<unknown>) => {
    const routes = ['/api/market/prices', '/api/market/price/{symbol}'];
    const before = await Promise.all(routes.map(answered));
    await work();
    const after = await Promise.all(routes.map(answered));
    return { bulk: (after[0] ?? 0) - (before[0] ?? 0), single: (after[1] ?? 0) - (before[1] ?? 0) };
  };
  const tickerCalls = () => exchange.requests.filter(({ path }) => path === '24hr').length;
  const pricesOf = (updates: readonly PriceUpdate[]) =>
    new Set(updates.flatMap(({ prices }) => prices.map(({ symbol }) => symbol)));

  before(async () => {
    exchange = await startExchangeServer({ symbols: 124 });
    server = await startLiveApp({ dataDir: folder.path, exchange });
    await (await server.app.feeds.get('binance')).markets();
  });
  after(async () => {
    await server.app.close();
    await exchange.close();
  });
  beforeEach(() => {
    exchange.reset();
    client = createScannerClient({ url: server.url });
  });
  afterEach(() => client.close());

  it('gets up to three symbols singly, more in bulk, fifty to a request', async () => {
    const get = (count: number) => async () => {
      const prices = await client.prices.get(exchange.symbols.slice(0, count));
      assert.deepEqual([...prices.keys()].sort(), exchange.symbols.slice(0, count).toSorted());
    };
    assert.deepEqual(await counted(get(3)), { bulk: 0, single: 3 });
    assert.deepEqual(await counted(get(4)), { bulk: 1, single: 0 });
    assert.deepEqual(await counted(get(120)), { bulk: 3, single: 0 });
    assert.equal((await client.prices.get([])).size, 0);
  });

  it('leaves out what has no price, and fails when nothing has one', async () => {
    const some = await client.prices.get(['BTC/USDT', 'NONE/USDT', 'BTC/USDT']);
    assert.deepEqual([...some.keys()], ['BTC/USDT']);
    await assert.rejects(client.prices.get(['NONE/USDT']), { code: 'symbol_unknown' });
    const none = ['A', 'B', 'C', 'D'].map((base) => `${base}/USDT`);
    await assert.rejects(client.prices.get(none), { code: 'no_data', status: 502 });
    await assert.rejects(client.prices.get(['x', 'y', 'z', 'w']), { code: 'invalid_input' });
    await assert.rejects(client.prices.get(['BTC/USDT'], { exchange: 'mtgox' }), {
      code: 'exchange_unknown',
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(client.prices.get(['BTC/USDT'], { signal }), /enough/);
  });

  it('goes on singly when the bulk call fails', async () => {
    exchange.script({ path: '24hr', times: 1, fault: { kind: 'status', status: 403 } });
    const requests = await counted(async () => {
      const prices = await client.prices.get(exchange.symbols.slice(120), { exchange: 'binance' });
      assert.equal(prices.size, 4);
    });
    assert.deepEqual(requests, { bulk: 1, single: 4 });
    assert.equal(tickerCalls(), 2, 'the single requests share one call, too');
  });

  it('shares one subscription between watchers, each hearing of its own symbols', async () => {
    const [first, second]: [PriceUpdate[], PriceUpdate[]] = [[], []];
    const endFirst = client.prices.watch(['BTC/USDT', 'ETH/USDT'], (update) => first.push(update));
    const endSecond = client.prices.watch(['ETH/USDT', 'NONE/USDT'], (update) => second.push(update), {
      exchange: 'binance',
    });
    await eventually(() => {
      assert.deepEqual(pricesOf(first), new Set(['BTC/USDT', 'ETH/USDT']));
      assert.deepEqual(pricesOf(second), new Set(['ETH/USDT']));
    });
    assert.ok(second.some(({ errors }) => errors?.[0]?.code === 'symbol_unknown'));
    const late: PriceUpdate[] = [];
    const endLate = client.prices.watch(['BTC/USDT'], (update) => late.push(update));
    await eventually(() => assert.deepEqual(pricesOf(late), new Set(['BTC/USDT'])));
    assert.ok(tickerCalls() <= 3, `${tickerCalls()} calls`);
    for (const end of [endFirst, endSecond, endLate, endLate]) end();
    assert.equal(client.connectionState, 'idle', 'no connection is held for nobody');
  });

  it('comes back after the connection was cut, telling only what has changed', async () => {
    const proxy = await startTcpProxy(server.port);
    const remote = createScannerClient({ url: proxy.url });
    const updates: PriceUpdate[] = [];
    const states: string[] = [];
    remote.onConnectionChange((state) => states.push(state));
    remote.prices.watch(['BTC/USDT'], (update) => updates.push(update));
    await eventually(() => assert.equal(pricesOf(updates).size, 1));
    proxy.cut();
    await eventually(() => assert.deepEqual(states, ['connecting', 'open', 'offline', 'open']));
    await eventually(() => assert.ok(updates.length >= 2));
    const told = updates.flatMap(({ prices }) => prices.map(({ price }) => price));
    assert.ok(told.every((price, index) => price !== told[index - 1]));
    remote.close();
    await proxy.close();
  });

  it('tells a watcher why it gets nothing', async () => {
    const updates: PriceUpdate[] = [];
    client.prices.watch(['BTC/USDT'], (update) => updates.push(update), { exchange: 'mtgox' });
    await eventually(() => assert.equal(updates[0]?.error?.code, 'exchange_unknown'));
    client.close();
    await eventually(() => assert.equal(updates.at(-1)?.error?.code, 'unavailable'));
  });
});
