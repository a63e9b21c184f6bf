import assert from 'node:assert/strict';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import {
  exchangeProfile,
  LIVE_EXCHANGE_IDS,
} from '@fast-scanner/server/market-data/ccxt/exchange-profiles.ts';
import type { Ticker } from '@fast-scanner/server/market-data/market-data-source.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { BITGET, BYBIT, type ExchangeStub, OKX, OPEN_TIME_S } from './exchange-stubs.ts';
import { type AnswerMessage, type JsonServer, startJsonServer } from './json-server.ts';
import { redirectedUrls } from './redirected-urls.ts';

const PUSHED_AT = OPEN_TIME_S * 1_000 + 30_000;

interface StreamCase {
  readonly stub: ExchangeStub;
  readonly symbols: readonly string[];
  /** What the exchange sends back for a subscription. */
  readonly answer: AnswerMessage;
  readonly socket: RegExp;
  /** The subscriptions it must have got. */
  readonly messages: readonly unknown[];
  /** Price of each symbol. */
  readonly prices: Readonly<Record<string, number>>;
}

const okxTicker = (instId: string, last: string) => ({
  arg: { channel: 'tickers', instId },
  data: [{ instId, last, open24h: '100', volCcy24h: '5000', vol24h: '50', ts: String(PUSHED_AT) }],
});

const bybitTicker = (symbol: string, lastPrice: string) => ({
  topic: `tickers.${symbol}`,
  ts: PUSHED_AT,
  type: 'snapshot',
  cs: 1,
  data: {
    symbol,
    lastPrice,
    prevPrice24h: '100',
    price24hPcnt: '0.21',
    turnover24h: '5000',
    volume24h: '50',
  },
});

const bitgetTicker = (instId: string, lastPr: string) => ({
  action: 'snapshot',
  arg: { instType: 'SPOT', channel: 'ticker', instId },
  data: [{ instId, lastPr, open24h: '100', change24h: '0.21', quoteVolume: '5000', ts: String(PUSHED_AT) }],
  ts: PUSHED_AT,
});

const CASES: Readonly<Record<string, StreamCase>> = {
  okx: {
    stub: OKX,
    symbols: ['BTC/USDT', 'BTC/USDT:USDT'],
    answer: () => [
      { event: 'subscribe', arg: { channel: 'tickers', instId: 'BTC-USDT' }, connId: 'a' },
      okxTicker('BTC-USDT', '121'),
      okxTicker('BTC-USDT-SWAP', '122'),
    ],
    socket: /\/ws\/v5\/public$/,
    messages: [
      {
        op: 'subscribe',
        args: [
          { channel: 'tickers', instId: 'BTC-USDT' },
          { channel: 'tickers', instId: 'BTC-USDT-SWAP' },
        ],
      },
    ],
    prices: { 'BTC/USDT': 121, 'BTC/USDT:USDT': 122 },
  },
  bybit: {
    stub: BYBIT,
    symbols: ['BTC/USDT'],
    answer: () => [{ success: true, ret_msg: 'subscribe', op: 'subscribe' }, bybitTicker('BTCUSDT', '121')],
    socket: /\/v5\/public\/spot$/,
    messages: [{ op: 'subscribe', req_id: 1, args: ['tickers.BTCUSDT'] }],
    prices: { 'BTC/USDT': 121 },
  },
  bitget: {
    stub: BITGET,
    symbols: ['BTC/USDT'],
    answer: () => [
      { event: 'subscribe', arg: { instType: 'SPOT', channel: 'ticker', instId: 'BTCUSDT' } },
      bitgetTicker('BTCUSDT', '121'),
    ],
    socket: /\/v2\/ws\/public$/,
    messages: [{ op: 'subscribe', args: [{ instType: 'SPOT', channel: 'ticker', instId: 'BTCUSDT' }] }],
    prices: { 'BTC/USDT': 121 },
  },
};

/** Watches until every symbol has been told, then ends. */
async function watchOnce(exchangeId: string, { url }: JsonServer, symbols: readonly string[]) {
  const source = createCcxtMarketData({
    exchangeId,
    options: { urls: redirectedUrls(exchangeId, url) },
    clock: systemClock,
  });
  assert.ok(source.watchTickers);
  const controller = new AbortController();
  const told = new Map<string, Ticker>();
  const onTickers = (tickers: ReadonlyMap<string, Ticker>) => {
    for (const [symbol, ticker] of tickers) told.set(symbol, ticker);
  };
  const ended = source.watchTickers({ symbols, signal: controller.signal, onTickers });
  const failed = ended.catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  await Promise.race([failed, eventually(() => assert.equal(told.size, symbols.length))]);
  controller.abort(new Error('seen enough'));
  await failed;
  await source.close();
  return told;
}

const serve = (stub: ExchangeStub, answer: AnswerMessage) =>
  startJsonServer((url) => stub.answers[url.pathname.split('/').at(-1) ?? '']?.(url.searchParams), answer);

describe('every exchange whose tickers are streamed', () => {
  it('is covered here or by the Binance-like test exchange', () => {
    const streamed = LIVE_EXCHANGE_IDS.filter((id) => exchangeProfile(id)?.tickerStream);
    assert.deepEqual([...streamed].sort(), ['binance', ...Object.keys(CASES)].sort());
  });

  for (const [exchangeId, { stub, symbols, answer, socket, messages, prices }] of Object.entries(CASES)) {
    it(`${exchangeId} is subscribed over one socket and tells price, change and time`, async () => {
      const server = await serve(stub, answer);
      try {
        const told = await watchOnce(exchangeId, server, symbols);
        for (const [symbol, price] of Object.entries(prices)) {
          const ticker = told.get(symbol);
          assert.deepEqual([ticker?.symbol, ticker?.last, ticker?.timestamp], [symbol, price, PUSHED_AT]);
          assert.equal(Math.round(ticker?.change24hPct ?? 0), price - 100);
        }
        assert.equal(server.sockets.length, 1);
        assert.match(server.sockets[0] ?? '', socket);
        assert.deepEqual(server.messages, messages);
      } finally {
        await server.close();
      }
    });
  }

  it('bybit, which takes ten symbols a subscription, gets more in several over the same socket', async () => {
    const bases = Array.from({ length: 23 }, (_, index) => `A${index}`);
    const instruments = {
      retCode: 0,
      result: {
        category: 'spot',
        list: bases.map((baseCoin) => ({
          symbol: `${baseCoin}USDT`,
          baseCoin,
          quoteCoin: 'USDT',
          status: 'Trading',
          lotSizeFilter: { basePrecision: '0.01' },
          priceFilter: { tickSize: '0.1' },
        })),
      },
    };
    const stub = { ...BYBIT, answers: { ...BYBIT.answers, 'instruments-info': () => instruments } };
    const topicsOf = (message: unknown) => (message as { args: string[] }).args; // what ccxt sends
    const server = await serve(stub, (message) =>
      topicsOf(message).map((topic) => bybitTicker(topic.replace('tickers.', ''), '121')),
    );
    try {
      const symbols = bases.map((base) => `${base}/USDT`);
      const told = await watchOnce('bybit', server, symbols);
      assert.deepEqual(new Set(told.keys()), new Set(symbols));
      assert.deepEqual(
        server.messages.map((message) => topicsOf(message).length),
        [10, 10, 3],
      );
      assert.equal(server.sockets.length, 1);
    } finally {
      await server.close();
    }
  });
});
