import assert from 'node:assert/strict';
import { type PricesEvent, priceEventSchemas, type SubscribeInput } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { type ExchangeServer, startExchangeServer } from '../../support/exchange-server/index.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startLiveApp } from '../../support/live-app.ts';
import type { RunningApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TestWindows } from '../http/test-windows.ts';
import { EventReader } from './event-reader.ts';

describe('the topic prices', () => {
  const folder = temporaryFolder();
  let exchange: ExchangeServer;
  let server: RunningApp;
  let readers: EventReader[] = [];

  const connect = async () => {
    const reader = await EventReader.connect(server.url);
    readers.push(reader);
    return reader;
  };
  const pricesOf = ({ events }: EventReader): PricesEvent[] =>
    events
      .filter(({ name }) => name === 'prices')
      .map(({ payload }) => priceEventSchemas.prices.parse(payload));
  const tickerCalls = () => exchange.requests.filter(({ path }) => path === '24hr').length;

  before(async () => {
    exchange = await startExchangeServer({ symbols: 52 });
    server = await startLiveApp({ dataDir: folder.path, exchange });
    await (await server.app.feeds.get('binance')).markets();
  });
  after(async () => {
    await server.app.close();
    await exchange.close();
  });
  beforeEach(() => exchange.reset());
  afterEach(async () => {
    for (const reader of readers) reader.close();
    readers = [];
  });

  it('brings each client its symbols, all from the same calls to the exchange', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, connect));
    const answers = await Promise.all(
      clients.map((client, index) =>
        client.subscribe({ topic: 'prices', symbols: exchange.symbols.slice(0, 43 + index) }),
      ),
    );
    for (const answer of answers)
      assert.ok(answer.ok && answer.data.snapshot === null && !answer.data.terminal);
    await eventually(() => {
      clients.forEach((client, index) => {
        const [event] = pricesOf(client);
        assert.equal(event?.prices.length, 43 + index);
        assert.deepEqual(event.dataSource, { exchange: 'binance', kind: 'live' });
      });
    });
    assert.ok(tickerCalls() <= 2, `${tickerCalls()} calls`);
  });

  it('follows one list per exchange: the newest', async () => {
    const client = await connect();
    await Promise.all([
      client.subscribe({ topic: 'prices', exchange: 'demo', symbols: ['BTC/USDT'] }),
      client.subscribe({ topic: 'prices', exchange: 'demo', symbols: ['ETH/USDT'] }),
    ]);
    await eventually(() => assert.equal(pricesOf(client).at(-1)?.prices[0]?.symbol, 'ETH/USDT'));
    assert.deepEqual(
      new Set(pricesOf(client).flatMap((event) => event.prices.map(({ symbol }) => symbol))),
      new Set(['ETH/USDT']),
    );
  });

  it('refuses what it cannot follow', async () => {
    const client = await connect();
    const codeOf = async (request: unknown) => {
      const answer = await client.subscribe(request as SubscribeInput); // wrong on purpose
      return answer.ok ? null : [answer.error.code, answer.error.errors?.[0]?.pointer];
    };
    assert.deepEqual(await codeOf({ topic: 'prices' }), ['invalid_input', '/symbols']);
    assert.deepEqual(await codeOf({ topic: 'prices', symbols: [] }), ['invalid_input', '/symbols']);
    assert.deepEqual(await codeOf({ topic: 'prices', symbols: ['x'] }), ['invalid_input', '/symbols/0']);
    assert.deepEqual(await codeOf({ topic: 'scans', exchange: 'demo' }), ['invalid_input', '/exchange']);
    const unknown = await codeOf({ topic: 'prices', symbols: ['BTC/USDT'], exchange: 'mtgox' });
    assert.deepEqual(unknown, ['exchange_unknown', undefined]);
  });

  it('says when the exchange fails', async () => {
    const client = await connect();
    exchange.script({ path: '24hr', fault: { kind: 'status', status: 403 } });
    await client.subscribe({ topic: 'prices', symbols: exchange.symbols.slice(50) });
    await eventually(() => assert.equal(pricesOf(client).at(-1)?.error?.code, 'exchange_denied'));
  });
});

describe('a subscription to prices', () => {
  const folder = temporaryFolder();

  it('ends with unsubscribe, for who asked for it alone', async () => {
    const clock = new FakeClock();
    const windows = await TestWindows.open({ dataDir: folder.path, clock });
    const [client, other] = await Promise.all([1, 2].map(() => EventReader.connect(windows.url)));
    assert.ok(client && other);
    const heard = async (reader: EventReader, count: number) =>
      eventually(async () => {
        await clock.advance(1_000);
        assert.ok(reader.events.length >= count);
      });
    await client.subscribe({ topic: 'prices', symbols: ['BTC/USDT'] });
    await other.subscribe({ topic: 'prices', exchange: 'demo', symbols: ['BTC/USDT'] });
    await Promise.all([heard(client, 2), heard(other, 2)]);
    const answer = await client.socket.emitWithAck('unsubscribe', { topic: 'prices', exchange: 'demo' });
    assert.deepEqual(answer, { ok: true, data: {} });
    const before = client.events.length;
    await heard(other, other.events.length + 2);
    assert.equal(client.events.length, before);
    client.close();
    other.close();
    await windows.close();
  });
});
