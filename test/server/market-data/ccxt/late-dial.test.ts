import assert from 'node:assert/strict';
import { exchangeProfile } from '@fast-scanner/server/market-data/ccxt/exchange-profiles.ts';
import { openCcxtExchange } from '@fast-scanner/server/market-data/ccxt/open-ccxt-exchange.ts';
import { openCcxtStream } from '@fast-scanner/server/market-data/ccxt/open-ccxt-stream.ts';
import { streamCcxtTickers } from '@fast-scanner/server/market-data/ccxt/stream-ccxt-tickers.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { KUCOIN } from './exchange-stubs.ts';
import { startJsonServer } from './json-server.ts';
import { redirectedUrls } from './redirected-urls.ts';

/** KuCoin: ccxt asks over HTTP where to dial, and dials when it is told. */
async function streamOfKucoin(onNegotiation: () => void, signal: AbortSignal) {
  const server = await startJsonServer(({ pathname, searchParams }) => {
    const name = pathname.split('/').at(-1) ?? '';
    if (name !== 'bullet-public') return KUCOIN.answers[name]?.(searchParams);
    onNegotiation();
    const endpoint = server.url.replace('http', 'ws');
    return { code: '200000', data: { token: 'a', instanceServers: [{ endpoint, pingInterval: 18_000 }] } };
  });
  const profile = exchangeProfile('kucoin');
  assert.ok(profile);
  const options = { urls: redirectedUrls('kucoin', server.url) };
  const exchange = await openCcxtExchange({ exchangeId: 'kucoin', profile, options, now: Date.now });
  await exchange.loadMarkets(true);
  const stream = { exchangeId: 'kucoin', profile: { symbolsPerCall: 10 }, options, exchange };
  const ended = streamCcxtTickers({
    exchangeId: 'kucoin',
    symbols: ['BTC/USDT'],
    symbolsPerCall: 10,
    clock: systemClock,
    signal,
    open: (listener) => openCcxtStream({ ...stream, listener }),
    onNews: () => undefined,
  }).catch((error: unknown) => error);
  const close = async () => {
    await exchange.fetchDispatcher?.destroy();
    await server.close();
  };
  return { server, ended, close };
}

describe('a stream that ccxt dials late', () => {
  it('is dialled when it is still wanted then', async () => {
    const controller = new AbortController();
    const { server, ended, close } = await streamOfKucoin(() => undefined, controller.signal);
    await eventually(() => assert.equal(server.sockets.length, 1));
    controller.abort(new Error('seen enough'));
    await ended;
    await close();
  });

  it('is not dialled when its watch has ended by then', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const { server, ended, close } = await streamOfKucoin(() => controller.abort(reason), controller.signal);
    assert.equal(await ended, reason);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(server.sockets, []);
    await close();
  });
});
