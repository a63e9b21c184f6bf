import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { RUN_MODES, type RunSignal } from '@fast-scanner/shared';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';
import { runToEnd } from './run-world.ts';

const DIRECTORY = '../shared/data/crypto/binance-spot-2025-15m';
const CHOOSE = { symbols: undefined, limit: 30, meme_mode: true } as const;

function assertObeys(
  signal: RunSignal,
  { minScore, minRiskReward }: { minScore: number; minRiskReward: number },
): void {
  const side = signal.direction === 'LONG' ? 1 : -1;
  const { stop_loss, entry_far, entry_near, targets, current_price } = signal;
  const ahead = [stop_loss, entry_far, entry_near, ...targets.map(({ level }) => level)].map(
    (level) => side * level,
  );
  assert.deepEqual(
    ahead,
    ahead.toSorted((a, b) => a - b),
    `${signal.symbol}: from the stop to the last target`,
  );
  assert.ok(side * (current_price - stop_loss) > 0);
  assert.ok(signal.score >= minScore && (targets[0]?.risk_reward ?? 0) >= minRiskReward);
}

describe('runs over recorded Binance candles', () => {
  const folder = temporaryFolder();
  let engine: Engine;

  before(async function () {
    if (!existsSync(DIRECTORY)) {
      console.log('skipped: no recorded data');
      this.skip();
    }
    const config = testConfig({ dataDir: folder.path, filesDir: DIRECTORY, defaultExchange: 'files' });
    engine = await createEngine(config, { analyst: sharedAnalyst(), onBug: assert.ifError });
    await engine.open();
  });
  after(() => engine?.close());

  it('end every one of 30 symbols, and every signal obeys its rules', async () => {
    let found = 0;
    for (const sniper_mode of ['recon', 'strike'] as const) {
      const { signals, rejections, metadata } = await runToEnd(engine, { ...CHOOSE, sniper_mode });
      assert.equal(metadata.data_source.kind, 'recorded');
      assert.equal(metadata.requested, 29, 'one of the thirty is wrapped Bitcoin');
      found += signals.length;
      assert.equal(signals.length + rejections.total_rejected, metadata.requested);
      assert.equal(metadata.failed, 0);
      for (const signal of signals) assertObeys(signal, RUN_MODES[sniper_mode]);
    }
    assert.ok(found > 0, 'signals were looked at');
  });
});
