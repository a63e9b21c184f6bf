import assert from 'node:assert/strict';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { LIVE_EXCHANGE_IDS } from '@fast-scanner/server/market-data/ccxt/exchange-profiles.ts';
import type { MarketDataSource } from '@fast-scanner/server/market-data/market-data-source.ts';
import { rowsFromColumns } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import {
  BITGET,
  BYBIT,
  type ExchangeStub,
  KUCOIN,
  KUCOIN_FUTURES,
  OKX,
  OPEN_TIME_S,
  PHEMEX,
} from './exchange-stubs.ts';
import { type JsonServer, startJsonServer } from './json-server.ts';
import { redirectedUrls } from './redirected-urls.ts';

const STUBS: Readonly<Record<string, ExchangeStub>> = {
  bybit: BYBIT,
  okx: OKX,
  kucoin: KUCOIN,
  kucoinfutures: KUCOIN_FUTURES,
  phemex: PHEMEX,
  bitget: BITGET,
};
const OPEN_TIME_MS = OPEN_TIME_S * 1_000;

interface Stubbed {
  readonly server: JsonServer;
  readonly source: MarketDataSource;
}

async function withStub(exchangeId: string, stub: ExchangeStub, check: (stubbed: Stubbed) => Promise<void>) {
  const server = await startJsonServer((url) =>
    stub.answers[url.pathname.split('/').at(-1) ?? '']?.(url.searchParams),
  );
  const source = createCcxtMarketData({
    exchangeId,
    options: { urls: redirectedUrls(exchangeId, server.url), maxRequestsPerSecond: 1 },
    clock: new FakeClock(OPEN_TIME_MS + 60_000),
  });
  try {
    await check({ server, source });
  } finally {
    await source.close();
    await server.close();
  }
}

describe('every exchange of the allow-list', () => {
  it('is covered here or by the Binance-like test exchange', () => {
    assert.deepEqual([...LIVE_EXCHANGE_IDS].sort(), ['binance', ...Object.keys(STUBS)].sort());
  });

  for (const [exchangeId, stub] of Object.entries(STUBS)) {
    it(`${exchangeId} finds BTC/USDT, its candles and its ticker through public calls only`, async () => {
      await withStub(exchangeId, stub, async ({ server, source }) => {
        const [market] = await source.listMarkets();
        assert.equal(market?.symbol, stub.market);
        assert.ok((market?.tickSize ?? 0) > 0 && (market?.tickSize ?? 1) <= 0.1);
        assert.ok(market?.active);

        const candles = await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 2 });
        assert.deepEqual(rowsFromColumns(candles), [
          [OPEN_TIME_MS - 3_600_000, 100, 120, 90, 110, 7],
          [OPEN_TIME_MS, 100, 120, 90, 111, 7],
        ]);
        assert.ok(
          server.requests.some((request) => stub.candles.test(request)),
          server.requests.join('\n'),
        );

        const ticker = (await source.fetchTickers(['BTC/USDT', 'NOSUCH/USDT'])).get('BTC/USDT');
        assert.equal(ticker?.symbol, 'BTC/USDT');
        assert.equal(ticker?.last, 111);
        assert.equal(Math.round(ticker?.change24hPct ?? 0), 11);
        assert.ok((ticker?.timestamp ?? 0) >= OPEN_TIME_MS && (ticker?.timestamp ?? 0) <= source.now());
        assert.equal(source.now(), OPEN_TIME_MS + 60_000);
      });
    });
  }

  it('is refused when it is another', () => {
    assert.throws(() => createCcxtMarketData({ exchangeId: 'mtgox', clock: new FakeClock() }), {
      code: 'exchange_unknown',
    });
  });
});

describe('OKX', () => {
  it('keeps spot and swap apart, and lists no inverse contracts', async () => {
    await withStub('okx', OKX, async ({ server, source }) => {
      const markets = await source.listMarkets();
      assert.deepEqual(
        markets.map(({ symbol, kind }) => [symbol, kind]),
        [
          ['BTC/USDT', 'spot'],
          ['BTC/USDT:USDT', 'swap'],
        ],
      );
      await source.fetchCandles({ symbol: 'BTC/USDT:USDT', timeframe: '1h', limit: 2 });
      assert.ok(server.requests.some((request) => request.includes('instId=BTC-USDT-SWAP&bar=1H')));
      const tickers = await source.fetchTickers(['BTC/USDT:USDT', 'BTC/USDT']);
      assert.equal(tickers.get('BTC/USDT')?.last, 111);
      assert.equal(tickers.get('BTC/USDT:USDT')?.last, 112);
    });
  });

  for (const [timeframe, bar] of [
    ['4h', '4H'],
    ['6h', '6Hutc'],
    ['12h', '12Hutc'],
    ['1d', '1Dutc'],
    ['1w', '1Wutc'],
  ] as const) {
    it(`is asked for ${timeframe} candles that open by UTC`, async () => {
      await withStub('okx', OKX, async ({ server, source }) => {
        await source.fetchCandles({ symbol: 'BTC/USDT', timeframe, limit: 2 });
        assert.ok(server.requests.some((request) => request.includes(`instId=BTC-USDT&bar=${bar}&`)));
      });
    });
  }

  it('says not_supported for a timeframe it lacks, without asking', async () => {
    await withStub('okx', OKX, async ({ server, source }) => {
      const candles = source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '8h', limit: 2 });
      await assert.rejects(candles, { code: 'not_supported' });
      assert.ok(server.requests.every((request) => !request.includes('candles')));
    });
  });
});

describe('an exchange of spot markets', () => {
  it('does not take a swap symbol for a spot one', async () => {
    await withStub('bybit', BYBIT, async ({ source }) => {
      const candles = source.fetchCandles({ symbol: 'BTC/USDT:USDT', timeframe: '1h', limit: 2 });
      await assert.rejects(candles, { code: 'symbol_unknown' });
      assert.equal((await source.fetchTickers(['BTC/USDT:USDT'])).size, 0);
    });
  });
});
