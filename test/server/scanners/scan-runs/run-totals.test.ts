import assert from 'node:assert/strict';
import { modesResponseSchema, RUN_MODE_NAMES, RUN_MODES } from '@fast-scanner/shared';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COINS, openRunWorld, runToEnd, symbolsOf } from './run-world.ts';

describe('the outcome of a run', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  before(async () => {
    world = await openRunWorld({ dataDir: folder.path });
  });
  after(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  for (const sniper_mode of RUN_MODE_NAMES) {
    it(`under ${sniper_mode} is a signal or a rejection with its reason for every symbol`, async () => {
      const { signals, rejections, metadata, ...answer } = await runToEnd(world.engine, { sniper_mode });
      const rejected = Object.values(rejections.details).flatMap(symbolsOf);
      assert.deepEqual([...symbolsOf(signals), ...rejected].sort(), COINS.toSorted());
      assert.equal(rejections.total_rejected, metadata.rejected + metadata.failed);
      const counts = Object.values(rejections.by_reason).reduce((sum, count) => sum + count, 0);
      assert.equal(counts, rejections.total_rejected);
      assert.deepEqual([answer.status, answer.mode, answer.progress_pct], ['completed', sniper_mode, 100]);
      const { timeframes, criticalTimeframes, minScore, minRiskReward } = RUN_MODES[sniper_mode];
      assert.deepEqual(metadata.applied_timeframes, timeframes);
      assert.deepEqual(metadata.critical_timeframes, criticalTimeframes);
      assert.deepEqual([metadata.effective_min_score, metadata.min_risk_reward], [minScore, minRiskReward]);
      for (const { score, analysis, targets, primary_timeframe } of signals) {
        assert.ok(score >= minScore && (targets[0]?.risk_reward ?? 0) >= minRiskReward);
        assert.equal(primary_timeframe, RUN_MODES[sniper_mode].primaryTimeframe);
        const votes = analysis.confluence.timeframes.map(({ timeframe }) => timeframe);
        assert.deepEqual(votes, timeframes.toReversed(), 'every timeframe votes');
      }
    });
  }

  it('lists signals best first and gives every rejected symbol score, threshold and factors', async () => {
    const { signals, rejections } = await runToEnd(world.engine);
    const found = signals.map(({ symbol, direction }) => `${symbol} ${direction}`);
    assert.deepEqual(found, ['BTC/USDT SHORT', 'ETH/USDT LONG']);
    const { low_confluence = [], risk_validation = [] } = rejections.details;
    assert.deepEqual(symbolsOf(low_confluence), ['ADA/USDT', 'XRP/USDT', 'UNI/USDT']);
    assert.deepEqual(symbolsOf(risk_validation), ['SOL/USDT']);
    assert.match(risk_validation[0]?.reason ?? '', /pays 1\.00 for 1 of risk, less than the minimum 1\.8/);
    for (const { score, threshold, factors = [] } of [...low_confluence, ...risk_validation]) {
      assert.equal(threshold, 65);
      assert.ok(score !== undefined && factors.length > 3);
    }
  });

  it('says in one sentence what became of the symbols', async () => {
    const { metadata } = await runToEnd(world.engine);
    const rest = '3 below the score 65 or without a side, 1 with a risk the mode does not accept';
    assert.equal(metadata.summary, `2 signals from 6 symbols: ${rest}`);
  });

  it('without signals says why, and how near the best one came', async () => {
    const { metadata } = await runToEnd(world.engine, { min_score: 100 });
    const why = 'no signal from 6 symbols: 6 below the score 100 or without a side';
    assert.equal(metadata.summary, `${why}; the best score was 84.7 of BTC/USDT`);
    const { metadata: risky } = await runToEnd(world.engine, { symbols: ['SOL/USDT', 'XRP/USDT'] });
    assert.match(
      risky.summary,
      /; the best score was 66\.\d of SOL\/USDT: the swing high at .* pays 1\.00 for 1/,
    );
  });

  it('can only be made stricter by the minimum score of the caller', async () => {
    const lower = await runToEnd(world.engine, { min_score: 10 });
    assert.deepEqual([lower.metadata.effective_min_score, lower.signals.length], [65, 2]);
    const higher = await runToEnd(world.engine, { min_score: 80 });
    assert.equal(higher.metadata.effective_min_score, 80);
    assert.deepEqual(symbolsOf(higher.signals), ['BTC/USDT']);
  });

  it('obeys the leverage: a stop behind the liquidation is a risk', async () => {
    const { rejections, metadata } = await runToEnd(world.engine, { leverage: 125 });
    assert.deepEqual([metadata.leverage, metadata.total], [125, 0]);
    assert.match(
      rejections.details.risk_validation?.[0]?.reason ?? '',
      /with leverage 125 the position is liquid/,
    );
  });

  it('counts a symbol that is named twice once', async () => {
    const { metadata } = await runToEnd(world.engine, { symbols: ['BTC/USDT', 'XRP/USDT', 'BTC/USDT'] });
    assert.deepEqual([metadata.requested, metadata.scanned], [2, 2]);
  });

  it('is explained by the modes that can be asked for', () => {
    const { modes, default_mode } = modesResponseSchema.parse(world.engine.runs.modes());
    assert.equal(default_mode, 'recon');
    for (const { mode, min_score, min_risk_reward, timeframes, critical_timeframes } of modes) {
      const { minScore, minRiskReward, timeframes: expected, criticalTimeframes } = RUN_MODES[mode];
      assert.deepEqual([min_score, min_risk_reward], [minScore, minRiskReward]);
      assert.deepEqual([timeframes, critical_timeframes], [expected, criticalTimeframes]);
    }
    assert.deepEqual(
      modes.map(({ mode }) => mode),
      RUN_MODE_NAMES,
    );
  });
});
