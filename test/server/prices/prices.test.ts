import assert from 'node:assert/strict';
import {
  type PricesResponse,
  type Problem,
  priceResponseSchema,
  pricesResponseSchema,
} from '@fast-scanner/shared';
import { type RunningApp, startApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from '../http/expect-problem.ts';
import { rawRequest } from '../http/raw-request.ts';

describe('prices of the simulated market', () => {
  const folder = temporaryFolder();
  let server: RunningApp;

  const get = (path: string) => rawRequest({ port: server.port, path });
  const prices = async (query: string): Promise<PricesResponse> => {
    const { status, text } = await get(`/api/market/prices?${query}`);
    assert.equal(status, 200, text);
    return pricesResponseSchema.parse(JSON.parse(text));
  };
  const refusal = async (path: string): Promise<Problem> => expectProblem(await get(path), 'invalid_input');

  before(async () => {
    server = await startApp({ dataDir: folder.path });
  });
  after(() => server.app.close());

  it('come in the order asked for, each symbol once, with their source and age', async () => {
    const answer = await prices('symbols=ETH/USDT,BTC%2FUSDT,%20ETH/USDT');
    assert.deepEqual(
      answer.prices.map(({ symbol }) => symbol),
      ['ETH/USDT', 'BTC/USDT'],
    );
    assert.deepEqual([answer.total, answer.errors, answer.exchange], [2, null, 'demo']);
    assert.deepEqual(answer.dataSource, { exchange: 'demo', kind: 'simulated' });
    for (const { price, ageMs } of answer.prices) assert.ok(price > 0 && ageMs < 60_000);
  });

  it('come with the reason for each symbol that has none', async () => {
    const answer = await prices('symbols=NONE/USDT,BTC/USDT,GONE/USDT');
    assert.equal(answer.total, 1);
    assert.deepEqual(
      answer.errors?.map(({ symbol, code }) => [symbol, code]),
      [
        ['NONE/USDT', 'symbol_unknown'],
        ['GONE/USDT', 'symbol_unknown'],
      ],
    );
  });

  it('are a 502 that names every symbol when there are none at all', async () => {
    const answer = await get('/api/market/prices?symbols=NONE/USDT,GONE/USDT');
    const { errors } = expectProblem(answer, 'no_data');
    assert.equal(answer.status, 502);
    assert.deepEqual(
      errors?.map(({ pointer, code }) => [pointer, code]),
      [
        ['?symbols', 'symbol_unknown'],
        ['?symbols', 'symbol_unknown'],
      ],
    );
  });

  it('are limited to 50 different symbols', async () => {
    const symbols = Array.from({ length: 50 }, (_, index) => `C${index}/USDT`);
    const doubled = [...symbols, ...symbols].join(',');
    expectProblem(await get(`/api/market/prices?symbols=${doubled}`), 'no_data');
    const { errors } = await refusal(`/api/market/prices?symbols=${symbols.join(',')},BTC/USDT`);
    assert.equal(errors?.[0]?.pointer, '?symbols');
  });

  it('are refused for whatever is no symbol or no parameter', async () => {
    const cases = {
      '': '?symbols',
      'symbols=': '?symbols/0',
      'symbols=BTC/USDT,': '?symbols/1',
      'symbols=btc/usdt': '?symbols/0',
      'symbols=..%2F..%2Fetc': '?symbols/0',
      'symbols=BTC/USDT&symbols=ETH/USDT': '?symbols',
      'symbols=BTC/USDT&exchange=NO': '?exchange',
      'symbols=BTC/USDT&limit=1': '?limit',
      [`symbols=${'A'.repeat(10_001)}`]: '?symbols',
    };
    for (const [query, pointer] of Object.entries(cases)) {
      const { errors } = await refusal(`/api/market/prices?${query}`);
      assert.equal(errors?.[0]?.pointer, pointer, query.slice(0, 60));
    }
  });

  it('of one symbol are an answer of their own, or its problem', async () => {
    for (const path of ['BTC/USDT', 'BTC%2FUSDT']) {
      const { text } = await get(`/api/market/price/${path}`);
      const answer = priceResponseSchema.parse(JSON.parse(text));
      assert.deepEqual([answer.symbol, answer.exchange], ['BTC/USDT', 'demo']);
    }
    expectProblem(await get('/api/market/price/NONE/USDT'), 'symbol_unknown');
    expectProblem(await get('/api/market/price/nonsense!'), 'invalid_input');
  });

  it('come from allowed exchanges only, and an exchange that is not there says why', async () => {
    expectProblem(await get('/api/market/prices?symbols=BTC/USDT&exchange=mtgox'), 'exchange_unknown');
    const problem = expectProblem(
      await get('/api/market/price/BTC/USDT?exchange=files'),
      'exchange_unavailable',
    );
    assert.match(problem.detail, /FILES_DIR/);
  });
});
