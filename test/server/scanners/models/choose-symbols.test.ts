import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { chooseSymbols, type SymbolChoice } from '@fast-scanner/server/scanners/models/choose-symbols.ts';
import { ScannerError } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { RecordedSource, type RecordedSourceOptions } from '../../../support/recorded-source.ts';

const NOW = Date.UTC(2026, 0, 7);

function choose(
  listed: readonly string[],
  choice: Partial<SymbolChoice>,
  options: Partial<RecordedSourceOptions> = {},
): Promise<readonly string[]> {
  const series = listed.map((symbol) => randomSeries({ symbol, count: 1, newestOpenTime: NOW }));
  const source = new RecordedSource({ series, now: () => NOW, ...options });
  const feed = createCandleFeed(source, { clock: new FakeClock() });
  return chooseSymbols(feed, {
    configured: null,
    asked: [],
    signal: new AbortController().signal,
    ...choice,
  });
}

const generated = (count: number) => Array.from({ length: count }, (_, index) => `C${index}/USDT`);

describe('the symbols a model learns from', () => {
  it('are those that were asked for and the universe of scans, in alphabetical order', async () => {
    const listed = ['ETH/USDT', 'BTC/USDT', 'PEPE/USDT', 'WIF/USDT'];
    assert.deepEqual(await choose(listed, { asked: ['PEPE/USDT'] }), ['BTC/USDT', 'ETH/USDT', 'PEPE/USDT']);
  });

  it('are the configured universe where there is one', async () => {
    const listed = ['BTC/USDT', 'ETH/USDT', 'WIF/USDT'];
    assert.deepEqual(await choose(listed, { configured: ['WIF/USDT', 'ETH/USDT'] }), [
      'ETH/USDT',
      'WIF/USDT',
    ]);
  });

  it('are 50 at most, those that were asked for first', async () => {
    const listed = generated(80);
    const chosen = await choose(listed, { configured: listed, asked: ['C79/USDT'] });
    assert.equal(chosen.length, 50);
    assert.ok(chosen.includes('C79/USDT') && !chosen.includes('C50/USDT'));
    assert.equal((await choose(listed, {}, { kind: 'recorded' })).length, 50);
    assert.equal((await choose(listed, {}, { kind: 'simulated' })).length, 20);
  });

  it('are no symbol that is not listed, and no market under two names', async () => {
    const listed = ['BTC/USDT:USDT'];
    const asked = ['BTC/USDT', 'BTC/USDT:USDT', 'GONE/USDT'];
    assert.deepEqual(await choose(listed, { asked }), ['BTC/USDT:USDT']);
  });

  it('are stocks where only those were asked for', async () => {
    assert.deepEqual(await choose(['AAPL', 'MSFT'], { asked: ['AAPL'] }), ['AAPL']);
    await assert.rejects(choose(['AAPL', 'MSFT'], {}), (error) => {
      return error instanceof ScannerError && error.code === 'no_data';
    });
  });
});
