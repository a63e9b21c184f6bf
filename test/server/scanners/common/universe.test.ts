import assert from 'node:assert/strict';
import type { Market } from '@fast-scanner/server/market-data/market-data-source.ts';
import type { MarketFeed } from '@fast-scanner/server/market-data/market-feed.ts';
import { findMarket } from '@fast-scanner/server/scanners/common/find-market.ts';
import { resolveUniverse } from '@fast-scanner/server/scanners/common/universe.ts';

function market(symbol: string, active = true): Market {
  const [base = '', quote = ''] = symbol.split(/[/:]/);
  return { symbol, base, quote, kind: symbol.includes(':') ? 'swap' : 'spot', active, tickSize: null };
}

/** A live exchange that lists these markets. */
function feedOf(markets: readonly Market[]): MarketFeed {
  const never = () => Promise.reject(new Error('only the markets are asked for'));
  return {
    dataSource: { exchange: 'somewhere', kind: 'live' },
    now: () => 0,
    markets: async () => markets,
    candles: never,
    history: never,
    tickers: never,
    close: async () => undefined,
  };
}

describe('the default universe', () => {
  const resolve = (markets: readonly Market[], limit = 20) =>
    resolveUniverse(feedOf(markets), { configured: null, limit, isRetired: () => false });

  it('leaves out what the exchange does not list or trade, and everything small', async () => {
    const listed = [market('XRP/USDT'), market('BTC/USDT'), market('ETH/USDT', false), market('TINY/USDT')];
    assert.deepEqual(await resolve(listed), ['BTC/USDT', 'XRP/USDT']);
  });

  it('is the linear swaps where only contracts are listed', async () => {
    const listed = [market('ETH/USDT:USDT'), market('BTC/USDT:USDT'), market('BTC/USDC:USDC')];
    assert.deepEqual(await resolve(listed), ['BTC/USDT:USDT', 'ETH/USDT:USDT']);
  });

  it('never takes a swap for a spot market where both kinds are listed', async () => {
    assert.deepEqual(await resolve([market('ETH/USDT'), market('BTC/USDT:USDT')]), ['ETH/USDT']);
    assert.equal(findMarket([market('ETH/USDT'), market('BTC/USDT:USDT')], 'BTC/USDT'), undefined);
  });

  it('of recorded data is all of it but the stocks', async () => {
    const stock: Market = { ...market('AAPL'), quote: null, kind: 'stock' };
    const recorded = feedOf([stock, market('TINY/USDT')]);
    const feed: MarketFeed = { ...recorded, dataSource: { exchange: 'files', kind: 'recorded' } };
    const options = { configured: null, limit: 20, isRetired: () => false };
    assert.deepEqual(await resolveUniverse(feed, options), ['TINY/USDT']);
  });

  it('that is empty is refused with advice', async () => {
    await assert.rejects(resolve([market('TINY/USDT')]), {
      code: 'no_data',
      message: /name some in "symbols"/,
    });
  });
});
