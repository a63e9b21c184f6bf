import assert from 'node:assert/strict';
import { type PricesResponse, priceResponseSchema, pricesResponseSchema } from '@fast-scanner/shared';
import { type RunningApp, startApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from '../http/expect-problem.ts';
import { rawRequest } from '../http/raw-request.ts';
import { type ExchangeStub, KUCOIN_FUTURES, OKX, OPEN_TIME_S } from '../market-data/ccxt/exchange-stubs.ts';
import { type JsonServer, startJsonServer } from '../market-data/ccxt/json-server.ts';
import { redirectedUrls } from '../market-data/ccxt/redirected-urls.ts';

const serve = ({ answers }: ExchangeStub) =>
  startJsonServer((url) => answers[url.pathname.split('/').at(-1) ?? '']?.(url.searchParams));

describe('prices of exchanges with contracts', () => {
  const folder = temporaryFolder();
  let okx: JsonServer;
  let kucoinFutures: JsonServer;
  let server: RunningApp;

  const get = (path: string) => rawRequest({ port: server.port, path });
  const prices = async (exchange: string, symbols: string): Promise<PricesResponse> => {
    const { status, text } = await get(`/api/market/prices?exchange=${exchange}&symbols=${symbols}`);
    assert.equal(status, 200, text);
    return pricesResponseSchema.parse(JSON.parse(text));
  };
  const pricesBySymbol = (answer: PricesResponse) =>
    Object.fromEntries(answer.prices.map(({ symbol, price }) => [symbol, price]));

  before(async () => {
    [okx, kucoinFutures] = await Promise.all([serve(OKX), serve(KUCOIN_FUTURES)]);
    server = await startApp({
      dataDir: folder.path,
      exchanges: ['demo', 'okx', 'kucoinfutures'],
      exchangeOptions: {
        okx: { urls: redirectedUrls('okx', okx.url) },
        kucoinfutures: { urls: redirectedUrls('kucoinfutures', kucoinFutures.url) },
      },
    });
  });
  after(async () => {
    await server.app.close();
    await Promise.all([okx.close(), kucoinFutures.close()]);
  });

  it('keep spot and swap of OKX apart, one call for each kind', async () => {
    const answer = await prices('okx', 'BTC/USDT:USDT,BTC/USDT,ETH/USDT:USDT');
    assert.deepEqual(pricesBySymbol(answer), { 'BTC/USDT:USDT': 112, 'BTC/USDT': 111 });
    assert.deepEqual(
      answer.errors?.map(({ symbol, code }) => [symbol, code]),
      [['ETH/USDT:USDT', 'symbol_unknown']],
    );
    assert.deepEqual(answer.dataSource, { exchange: 'okx', kind: 'live' });
    for (const { change24h, timestamp } of answer.prices) {
      assert.ok(Math.abs((change24h ?? 0) - 11.5) < 1);
      assert.equal(Date.parse(timestamp), OPEN_TIME_S * 1_000);
    }
    assert.equal(okx.requests.filter((request) => request.includes('/market/tickers')).length, 2);
  });

  it('of one OKX swap are found by its symbol in the path', async () => {
    const { status, text } = await get('/api/market/price/BTC%2FUSDT%3AUSDT?exchange=okx');
    assert.equal(status, 200, text);
    const answer = priceResponseSchema.parse(JSON.parse(text));
    assert.deepEqual([answer.symbol, answer.price], ['BTC/USDT:USDT', 112]);
  });

  it("of KuCoin Futures are the swap's under either symbol, from one call", async () => {
    const answer = await prices('kucoinfutures', 'BTC/USDT,BTC/USDT:USDT');
    assert.deepEqual(pricesBySymbol(answer), { 'BTC/USDT': 111, 'BTC/USDT:USDT': 111 });
    assert.equal(answer.errors, null);
    const listings = kucoinFutures.requests.filter((request) => request.includes('/contracts/active'));
    assert.equal(listings.length, 2, 'the markets and the tickers');
  });

  it('of what KuCoin Futures does not list are told missing', async () => {
    const problem = expectProblem(
      await get('/api/market/price/ETH/USDT?exchange=kucoinfutures'),
      'symbol_unknown',
    );
    assert.match(problem.detail, /kucoinfutures does not list ETH\/USDT/);
  });
});
