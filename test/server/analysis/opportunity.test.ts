import assert from 'node:assert/strict';
import { computeConfluence } from '@fast-scanner/server/analysis/confluence.ts';
import { computeOpportunity } from '@fast-scanner/server/analysis/opportunity.ts';
import {
  OPPORTUNITY_FACTORS,
  type OpportunityEvidence,
} from '@fast-scanner/server/analysis/opportunity-factors.ts';
import { type Confluence, REGIMES, SIGNALS, type TimeframeVote } from '@fast-scanner/shared';
import fc from 'fast-check';
import { assertClose } from './support/assert-close.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

function confluenceOf(signals: readonly TimeframeVote['signal'][]): Confluence {
  return computeConfluence(
    signals.map((signal) => ({
      timeframe: '1h',
      signal,
      score: null,
      candleCloseTime: null,
      warmupOk: true,
      detail: null,
    })),
  );
}

const signed = fc.double({ min: -1, max: 1, noNaN: true });
const arbitrarySignals = fc.array(fc.constantFrom<TimeframeVote['signal']>(...SIGNALS, null), {
  maxLength: 5,
});
const arbitraryEvidence: fc.Arbitrary<OpportunityEvidence> = fc.record({
  side: fc.constantFrom<1 | -1>(1, -1),
  trend: signed,
  momentum: signed,
  regime: fc.record({
    regime: fc.constantFrom(...REGIMES),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  volumePressure: signed,
  volatilityPercentile: fc.double({ min: 0, max: 100, noNaN: true }),
  swingDirection: fc.constantFrom(-1, -0.5, 0, 0.5, 1),
  roomAtrs: fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)),
  confluence: arbitrarySignals.map(confluenceOf),
});
const scoreOf = (evidence: OpportunityEvidence) => computeOpportunity(evidence).opportunity_score;

const BEST: OpportunityEvidence = {
  side: 1,
  trend: 1,
  momentum: 1,
  regime: { regime: 'bull', confidence: 1 },
  volumePressure: 1,
  volatilityPercentile: 50,
  swingDirection: 1,
  roomAtrs: Number.POSITIVE_INFINITY,
  confluence: confluenceOf(['BUY', 'BUY']),
};

describe('opportunity score', () => {
  it('has published weights that sum to 1, under unique names', () => {
    assertClose(
      OPPORTUNITY_FACTORS.reduce((sum, { weight }) => sum + weight, 0),
      1,
      1e-12,
    );
    assert.equal(new Set(OPPORTUNITY_FACTORS.map(({ name }) => name)).size, OPPORTUNITY_FACTORS.length);
  });

  it('is the sum of its contributions in points', () => {
    fc.assert(
      fc.property(arbitraryEvidence, (evidence) => {
        const { opportunity_score, factors } = computeOpportunity(evidence);
        assertClose(
          factors.reduce((sum, { contribution }) => sum + contribution, 0),
          opportunity_score,
          1e-9,
        );
        for (const { weight, value, contribution } of factors) {
          assert.ok(value >= 0 && value <= 1);
          assertClose(contribution, 100 * weight * value, 1e-12);
        }
      }),
      PROPERTY_RUNS,
    );
  });

  it('is 100 when everything is at its best and points the way of the side', () => {
    assertClose(scoreOf(BEST), 100, 1e-9);
    assert.equal(computeOpportunity(BEST).direction, 'long');
  });

  it('is 0 without direction when there is no side', () => {
    const { opportunity_score, direction, factors } = computeOpportunity(null);
    assert.deepEqual([opportunity_score, direction], [0, 'none']);
    assert.ok(factors.every(({ value, rationale }) => value === 0 && /HOLD/.test(rationale)));
  });

  it('never rises because evidence is missing', () => {
    const key = fc.constantFrom(
      'trend',
      'momentum',
      'regime',
      'volumePressure',
      'volatilityPercentile',
      'swingDirection',
      'roomAtrs',
    );
    fc.assert(
      fc.property(arbitraryEvidence, key, (evidence, missing) => {
        assert.ok(scoreOf({ ...evidence, [missing]: null }) <= scoreOf(evidence) + 1e-9);
      }),
      { ...PROPERTY_RUNS, numRuns: 200 },
    );
  });

  it('never rises because a timeframe went missing', () => {
    fc.assert(
      fc.property(arbitraryEvidence, arbitrarySignals, fc.nat(4), (evidence, signals, position) => {
        const fewer = signals.map((signal, index) => (index === position ? null : signal));
        const before = scoreOf({ ...evidence, confluence: confluenceOf(signals) });
        assert.ok(scoreOf({ ...evidence, confluence: confluenceOf(fewer) }) <= before + 1e-9);
      }),
      { ...PROPERTY_RUNS, numRuns: 200 },
    );
  });

  it('never falls when evidence moves towards the side', () => {
    const key = fc.constantFrom('trend', 'momentum', 'volumePressure', 'swingDirection');
    fc.assert(
      fc.property(
        arbitraryEvidence,
        key,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (evidence, name, more) => {
          const better = { ...evidence, [name]: (evidence[name as 'trend'] ?? 0) + evidence.side * more }; // the four keys hold the same type
          assert.ok(scoreOf(better) >= scoreOf(evidence) - 1e-9);
          const roomier = { ...evidence, roomAtrs: (evidence.roomAtrs ?? 0) + more };
          assert.ok(scoreOf(roomier) >= scoreOf(evidence) - 1e-9);
        },
      ),
      { ...PROPERTY_RUNS, numRuns: 200 },
    );
  });

  it('likes volatility best in the middle of its history', () => {
    const at = (volatilityPercentile: number) => scoreOf({ ...BEST, volatilityPercentile });
    assert.ok(at(0) < at(15) && at(15) < at(30));
    assert.equal(at(30), at(70));
    assert.ok(at(70) > at(85) && at(85) > at(100));
  });
});
