import assert from 'node:assert/strict';
import { computeDeepAnalysis } from '@fast-scanner/server/analysis/deep-analysis.ts';
import {
  type JudgedSymbol,
  judgeSymbol,
  type RunRules,
} from '@fast-scanner/server/scanners/scan-runs/judge-symbol.ts';
import {
  REJECTION_REASONS,
  RUN_MODE_NAMES,
  RUN_MODES,
  type RunSignal,
  runRejectionSchema,
  runSignalSchema,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk } from '../../analysis/support/analysis-series.ts';
import { deepOf } from './deep-analyses.ts';

interface Situation {
  readonly judged: JudgedSymbol;
  readonly rules: RunRules;
}

/** What phase 2 truly says of random markets, under the rules of any mode, at a price that may have moved since. */
const situation: fc.Arbitrary<Situation> = fc
  .record({
    series: arbitraryWalk({ minCount: 70, maxCount: 120 }),
    tickSize: fc.constantFrom(null, 0.01, 0.5),
    move: fc.constantFrom(-0.05, -0.005, 0, 0.005, 0.05),
    mode: fc.constantFrom(...RUN_MODE_NAMES),
    minScore: fc.integer({ min: 0, max: 90 }),
    leverage: fc.constantFrom(1, 5, 20, 125),
    isMissing: fc.boolean(),
  })
  .map(({ series, tickSize, move, mode, minScore, leverage, isMissing }) => {
    const { minRiskReward, timeframes } = RUN_MODES[mode];
    const inputs = timeframes.map((timeframe, index) => {
      const isOut = isMissing && index === 0;
      return { timeframe, series: isOut ? null : series, detail: isOut ? 'not listed' : null };
    });
    const result = computeDeepAnalysis({ primary: series, timeframes: inputs, tickSize, minRiskReward });
    const { provenance } = deepOf();
    const deep = { ...result, provenance, timestamp: result.candleCloseTime };
    const price = (series.close.at(-1) ?? 1) * (1 + move);
    const judged = { symbol: 'BTC/USDT', deep, price, asOf: 0, tickSize };
    return { judged, rules: { mode, minScore, leverage } };
  });

function assertObeysItsRules(signal: RunSignal, { mode, minScore, leverage }: RunRules): void {
  const side = signal.direction === 'LONG' ? 1 : -1;
  const { entry_near, entry_far, stop_loss, targets, liquidation_price, current_price } = signal;
  assert.ok(side * (entry_far - stop_loss) > 0, 'the entry zone ends before the stop');
  assert.ok(side * (entry_near - entry_far) >= 0, 'the far end is the better one');
  const levels = [entry_near, ...targets.map(({ level }) => level)];
  levels.slice(1).forEach((level, index) => {
    assert.ok(side * (level - (levels[index] ?? 0)) > 0, 'targets lie ahead, nearest first');
  });
  assert.equal(
    targets.reduce((sum, { percentage }) => sum + percentage, 0),
    100,
  );
  assert.ok((targets[0]?.risk_reward ?? 0) >= RUN_MODES[mode].minRiskReward - 1e-9);
  assert.ok(signal.score >= minScore);
  assert.equal(liquidation_price === null, leverage === 1);
  if (liquidation_price !== null) assert.ok(side * (stop_loss - liquidation_price) > 0);
  assert.ok(side * (current_price - stop_loss) > 0 && side * ((targets[0]?.level ?? 0) - current_price) > 0);
}

describe('any deep analysis', () => {
  it('ends as one signal that obeys its rules, or as one rejection that says why', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(situation, ({ judged, rules }) => {
        const outcome = judgeSymbol(judged, rules);
        seen.add(outcome.status === 'signal' ? outcome.status : outcome.reason);
        if (outcome.status === 'signal')
          return assertObeysItsRules(runSignalSchema.parse(outcome.signal), rules);
        assert.equal(outcome.status, 'rejected');
        assert.ok(REJECTION_REASONS.includes(outcome.reason));
        const { reason, score, threshold } = runRejectionSchema.parse(outcome.rejection);
        assert.ok(reason.length > 10);
        assert.deepEqual([score, threshold], [judged.deep.opportunity_score, rules.minScore]);
      }),
      { seed: 7, numRuns: 90 },
    );
    const expected = ['low_confluence', 'missing_critical_tf', 'no_trade_plan', 'risk_validation', 'signal'];
    assert.deepEqual([...seen].sort(), expected, 'the markets are varied enough to mean something');
  });

  it('that is no signal is none under a higher minimum score', () => {
    const law = fc.property(situation, fc.integer({ min: 0, max: 40 }), ({ judged, rules }, raise) => {
      const raised = judgeSymbol(judged, { ...rules, minScore: rules.minScore + raise });
      if (raised.status === 'signal') assert.equal(judgeSymbol(judged, rules).status, 'signal');
    });
    fc.assert(law, { seed: 8, numRuns: 30 });
  });
});
