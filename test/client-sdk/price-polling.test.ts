import assert from 'node:assert/strict';
import { createScannerClient, type PriceUpdate } from '@fast-scanner/client';
import { openHttpApp } from '../server/http/open-http-app.ts';
import { TestWindows } from '../server/http/test-windows.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A page as far as the client looks at it. */
class FakePage extends EventTarget {
  hidden = false;

  show(isVisible: boolean): void {
    this.hidden = !isVisible;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('client.prices.watch', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());

  it('polls while there is no socket', async () => {
    const http = await openHttpApp(windows);
    const client = createScannerClient({ url: `http://127.0.0.1:${http.port}` });
    const updates: PriceUpdate[] = [];
    const symbols = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT'];
    const end = client.prices.watch(symbols, (update) => updates.push(update));
    await eventually(() => assert.equal(updates[0]?.prices.length, 4));
    assert.equal(client.connectionState, 'offline');
    end();
    client.close();
    await http.close();
  });

  it('pauses while the page is hidden', async () => {
    const page = new FakePage();
    Object.assign(globalThis, { document: page });
    try {
      const client = createScannerClient({ url: windows.url });
      const updates: PriceUpdate[] = [];
      const end = client.prices.watch(['BTC/USDT'], (update) => updates.push(update), { exchange: 'demo' });
      await eventually(() => assert.equal(updates.length, 1));
      page.show(false);
      assert.equal(client.connectionState, 'idle');
      page.show(true);
      await eventually(() => assert.equal(client.connectionState, 'open'));
      page.show(false);
      end();
      page.show(true);
      assert.equal(client.connectionState, 'idle', 'a watch that ended stays ended');
      client.close();
    } finally {
      Reflect.deleteProperty(globalThis, 'document');
    }
  });
});
