import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { type CandleRow, rowsFromColumns, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { startJsonServer } from './json-server.ts';
import { redirectedUrls } from './redirected-urls.ts';

const FOLDER = new URL('../../../../../shared/data/exchanges/', import.meta.url);

interface Recorded {
  readonly rawMarkets: readonly { readonly symbol: string; readonly raw: object }[];
  readonly responses: readonly RecordedAnswer[];
}

interface RecordedAnswer {
  readonly method: string;
  readonly input: readonly [string, Timeframe, number | null, number];
  readonly httpResponse: unknown;
  readonly parsedResponse: CandleRow[];
}

interface RecordedExchange {
  readonly id: string;
  /** ccxt's options so that the markets with recorded candles are loaded. */
  readonly options?: object;
  readonly symbol: string;
  readonly candlesPath: RegExp;
  readonly listing: (markets: readonly object[]) => object;
}

const EXCHANGES: readonly RecordedExchange[] = [
  {
    id: 'binance',
    symbol: 'BTC/USDT',
    candlesPath: /klines$/,
    listing: (symbols) => ({ symbols }),
  },
  {
    id: 'okx',
    options: { fetchMarkets: { types: ['spot'] } },
    symbol: 'BTC/USDT',
    candlesPath: /candles$/,
    listing: (data) => ({ code: '0', data }),
  },
  {
    id: 'bybit',
    options: { fetchMarkets: { types: ['linear'] } },
    symbol: 'BTC/USDT:USDT',
    candlesPath: /kline$/,
    listing: (list) => ({ retCode: 0, result: { category: 'linear', list } }),
  },
];

function readRecorded(id: string): Recorded | null {
  const file = new URL(`${id}.json.gz`, FOLDER);
  if (!existsSync(file)) return null;
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}

describe('recorded answers of exchanges', () => {
  for (const { id, options, symbol, candlesPath, listing } of EXCHANGES) {
    it(`of ${id} give the recorded candles of ${symbol}`, async function () {
      const recorded = readRecorded(id);
      if (!recorded) {
        console.log('skipped: no recorded data');
        return this.skip();
      }
      const answer = recorded.responses.find(
        ({ method, input }) => method === 'fetchOHLCV' && input[0] === symbol && input[2] !== null,
      );
      assert.ok(answer);
      const expected = answer.parsedResponse;
      const timeframe = answer.input[1];
      const now = (expected.at(-1)?.[0] ?? Number.NaN) + timeframeMs(timeframe) / 2;
      const markets = recorded.rawMarkets.filter((market) => market.symbol === symbol).map(({ raw }) => raw);
      const server = await startJsonServer(({ pathname }) => {
        if (candlesPath.test(pathname)) return answer.httpResponse;
        return /time$/.test(pathname) ? undefined : listing(markets);
      });
      const source = createCcxtMarketData({
        exchangeId: id,
        options: { urls: redirectedUrls(id, server.url), ...(options ? { options } : {}) },
        clock: new FakeClock(now),
      });
      try {
        const candles = await source.fetchCandles({ symbol, timeframe, limit: expected.length });
        assert.deepEqual(rowsFromColumns(candles), expected);
        const market = (await source.listMarkets()).find((listed) => listed.symbol === symbol);
        assert.ok((market?.tickSize ?? 0) > 0);
      } finally {
        await source.close();
        await server.close();
      }
    });
  }
});
