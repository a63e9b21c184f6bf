import assert from 'node:assert/strict';
import { createMarketFeeds } from '@fast-scanner/server/market-data/market-feeds.ts';
import { ScannerError } from '@fast-scanner/shared';
import { feedSetup } from '../../support/feed-setup.ts';

const exchangeIds = ['demo', 'binance'];

function openable() {
  const opened: string[] = [];
  const { source, openFeed } = feedSetup();
  const open = async (exchangeId: string) => {
    opened.push(exchangeId);
    await Promise.resolve();
    return openFeed();
  };
  return { source, opened, open };
}

describe('createMarketFeeds', () => {
  it('opens a feed when first asked for, once, and keeps it', async () => {
    const { opened, open } = openable();
    const feeds = createMarketFeeds({ exchangeIds, defaultExchange: 'demo', open });
    assert.deepEqual([feeds.exchangeIds, feeds.defaultExchange, opened], [exchangeIds, 'demo', []]);
    const [first, second] = await Promise.all([feeds.get('demo'), feeds.get('demo')]);
    assert.equal(first, second);
    assert.equal(await feeds.get('demo'), first);
    assert.notEqual(await feeds.get('binance'), first);
    assert.deepEqual(opened, ['demo', 'binance']);
  });

  it('refuses an exchange that is not allowed and names those that are', async () => {
    const { opened, open } = openable();
    const feeds = createMarketFeeds({ exchangeIds, defaultExchange: 'demo', open });
    for (const id of ['okx', '__proto__', '']) {
      await assert.rejects(feeds.get(id), { code: 'exchange_unknown', message: /demo, binance/ });
    }
    assert.deepEqual(opened, []);
  });

  it('tries to open again after a failure', async () => {
    const { open } = openable();
    let fails = true;
    const feeds = createMarketFeeds({
      exchangeIds,
      defaultExchange: 'demo',
      open: async (id) => {
        if (fails) throw new ScannerError('exchange_unavailable', 'down');
        return open(id);
      },
    });
    await assert.rejects(feeds.get('demo'), { code: 'exchange_unavailable' });
    fails = false;
    assert.ok(await feeds.get('demo'));
  });

  it('closes every feed once, also one that is still opening, and opens no more', async () => {
    const { source, open } = openable();
    const feeds = createMarketFeeds({ exchangeIds, defaultExchange: 'demo', open });
    await feeds.get('demo');
    const opening = feeds.get('binance');
    await Promise.all([feeds.close(), feeds.close()]);
    await opening;
    assert.equal(source.timesClosed, 2);
    await assert.rejects(feeds.get('demo'), { code: 'unavailable' });
  });
});
