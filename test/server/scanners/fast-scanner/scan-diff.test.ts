import assert from 'node:assert/strict';
import { compareScans } from '@fast-scanner/server/scanners/fast-scanner/scan-diff.ts';
import { quickScanRequestSchema, type ScanResult } from '@fast-scanner/shared';
import { completeLog } from '../../../support/scan-log.ts';
import { createWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('the difference of two scans', () => {
  const folder = temporaryFolder();
  let results: readonly ScanResult[];

  before(async () => {
    const { engine } = await createWorld({ dataDir: folder.path });
    await engine.open();
    const { scanId } = await engine.scanner.start(
      quickScanRequestSchema.parse({ symbols: ['C1/USDT', 'C2/USDT'] }),
    );
    await completeLog(engine, scanId);
    ({ signals: results } = await engine.scanner.scan(scanId));
    await engine.close();
  });

  function changesWhen(change: (result: ScanResult) => Partial<ScanResult>) {
    const [first, ...rest] = results;
    assert.ok(first);
    return compareScans(results, [{ ...first, ...change(first) }, ...rest]);
  }

  it('is nothing for equal scans', () => {
    assert.deepEqual(compareScans(results, results), []);
  });

  it('names new and dropped symbols', () => {
    const names = (changes: ReturnType<typeof compareScans>) =>
      changes.map(({ symbol, change }) => [symbol, change]);
    assert.deepEqual(names(compareScans(results.slice(0, 1), results)), [['C2/USDT', 'new']]);
    assert.deepEqual(names(compareScans(results, results.slice(0, 1))), [['C2/USDT', 'dropped']]);
  });

  it('names a flip, not a change of strength beside it', () => {
    const [change, ...others] = changesWhen(({ signal }) => ({
      signal: signal === 'BUY' ? 'SELL' : 'BUY',
      strength: 99,
    }));
    assert.equal(change?.change, 'flipped');
    assert.deepEqual(others, []);
  });

  it('counts strength from 15 points on', () => {
    assert.deepEqual(
      changesWhen(({ strength }) => ({ strength: strength + 14.9 })),
      [],
    );
    assert.equal(changesWhen(({ strength }) => ({ strength: strength + 15 }))[0]?.change, 'strengthened');
    assert.equal(changesWhen(({ strength }) => ({ strength: strength - 15 }))[0]?.change, 'weakened');
  });

  it('counts a price move from 3 % or 2 ATR on', () => {
    const withAtr =
      (atr: number) =>
      ({ indicators }: ScanResult) => ({ ...indicators, atr });
    const calm = results.map((result) => ({ ...result, price: 100, indicators: withAtr(10)(result) }));
    const moved = (price: number) =>
      compareScans(
        calm.slice(0, 1),
        calm.slice(0, 1).map((result) => ({ ...result, price })),
      );
    assert.deepEqual(moved(102.9), []);
    assert.equal(moved(97)[0]?.change, 'price_move');
    const quiet = calm.slice(0, 1).map((result) => ({ ...result, indicators: withAtr(0.5)(result) }));
    assert.equal(
      compareScans(
        quiet,
        quiet.map((result) => ({ ...result, price: 101 })),
      )[0]?.change,
      'price_move',
    );
  });

  it('names a change of regime', () => {
    const [change] = changesWhen(({ deepAnalysis }) => {
      assert.ok(deepAnalysis);
      const regime = deepAnalysis.market_regime.regime === 'bull' ? 'bear' : 'bull';
      return { deepAnalysis: { ...deepAnalysis, market_regime: { ...deepAnalysis.market_regime, regime } } };
    });
    assert.equal(change?.change, 'regime_change');
  });
});
