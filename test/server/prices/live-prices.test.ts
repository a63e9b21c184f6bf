import assert from 'node:assert/strict';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { type Clock, priceResponseSchema, pricesResponseSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { type ExchangeServer, startExchangeServer } from '../../support/exchange-server/index.ts';
import { Gate } from '../../support/gate.ts';
import { startLiveApp } from '../../support/live-app.ts';
import type { RunningApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from '../http/expect-problem.ts';
import { rawRequest } from '../http/raw-request.ts';

/** A clock on which the moment that a call to the exchange waits for others lasts until they have come. */
class GatheringClock implements Clock {
  readonly now = systemClock.now;
  readonly monotonic = systemClock.monotonic;
  #gate: Gate | null = null;

  hold(): () => void {
    const gate = new Gate();
    this.#gate = gate;
    return () => {
      this.#gate = null;
      gate.open();
    };
  }

  schedule(delayMs: number, task: () => void) {
    const gate = delayMs < SHORT_MS ? this.#gate : null;
    if (!gate) return systemClock.schedule(delayMs, task);
    let isOn = true;
    void gate.pass().then(() => isOn && task());
    return () => {
      isOn = false;
    };
  }
}

/** Longer than calls wait for each other. */
const SHORT_MS = 100;

describe('prices of an exchange through ccxt', () => {
  const folder = temporaryFolder();
  let exchange: ExchangeServer;
  const clock = new GatheringClock();
  let server: RunningApp;
  let asked = 0;

  const get = (path: string) => rawRequest({ port: server.port, path });
  const prices = async (symbols: readonly string[]) => {
    const { status, text } = await get(`/api/market/prices?symbols=${symbols.join(',')}`);
    assert.equal(status, 200, text);
    return pricesResponseSchema.parse(JSON.parse(text));
  };
  /** The answers to those who ask at the same time, however long the machine takes to hear them. */
  const together = async <Answer>(asks: readonly (() => Promise<Answer>)[]) => {
    asked = 0;
    const release = clock.hold();
    const answers = asks.map((ask) => ask());
    await eventually(() => assert.equal(asked, asks.length));
    release();
    return Promise.all(answers);
  };
  const tickerCalls = () => exchange.requests.filter(({ path }) => path === '24hr').length;

  before(async () => {
    exchange = await startExchangeServer({ symbols: 60 });
    exchange.halt('T058/USDT');
    server = await startLiveApp({ dataDir: folder.path, exchange, clock });
    const feed = await server.app.feeds.get('binance');
    const { tickers } = feed;
    feed.tickers = (...request) => {
      asked += 1;
      return tickers.apply(feed, request);
    };
    await prices(['T059/USDT']); // loads the markets
  });
  after(async () => {
    await server.app.close();
    await exchange.close();
  });
  beforeEach(() => exchange.reset());

  it('cost one call for 50 symbols, however many clients ask for overlapping ones at the same time', async () => {
    const windows = Array.from({ length: 10 }, (_, client) => exchange.symbols.slice(client, client + 41));
    const answers = await together(windows.map((symbols) => () => prices(symbols)));
    answers.forEach(({ prices: found, dataSource }, client) => {
      assert.deepEqual(
        found.map(({ symbol }) => symbol),
        windows[client],
      );
      assert.deepEqual(dataSource, { exchange: 'binance', kind: 'live' });
    });
    assert.equal(tickerCalls(), 1);
  });

  it('of symbols asked for singly at the same time cost one call too', async () => {
    const symbols = exchange.symbols.slice(51, 57);
    const answers = await together(symbols.map((symbol) => () => get(`/api/market/price/${symbol}`)));
    for (const { text } of answers) assert.ok(priceResponseSchema.parse(JSON.parse(text)).ageMs < 10_000);
    assert.equal(tickerCalls(), 1);
  });

  it('are told beside the reason why a halted and an unknown symbol have none', async () => {
    const { errors, total } = await prices(['T058/USDT', 'NONE/USDT', 'BTC/USDT']);
    assert.equal(total, 1);
    assert.deepEqual(
      errors?.map(({ symbol, code }) => [symbol, code]),
      [
        ['T058/USDT', 'delisted'],
        ['NONE/USDT', 'symbol_unknown'],
      ],
    );
  });

  it('are refused without a request while the exchange limits us, saying until when', async () => {
    exchange.script({
      path: '24hr',
      times: 1,
      fault: { kind: 'status', status: 429, retryAfterSeconds: 120 },
    });
    const ask = () => get('/api/market/price/T050/USDT');
    for (let time = 0; time < 2; time += 1) {
      const problem = expectProblem(await ask(), 'rate_limited');
      assert.ok((problem.retryAfterMs ?? 0) > 100_000);
      assert.match(problem.detail, /rate limited, resuming in \d+ s/);
    }
    assert.equal(tickerCalls(), 1);
  });
});
