import assert from 'node:assert/strict';
import { computeCombinedScore } from '@fast-scanner/server/analysis/continuous/combined-score.ts';
import {
  biasOfSignalType,
  computeSignalType,
  type SignalEvidence,
} from '@fast-scanner/server/analysis/continuous/signal-type.ts';
import { computeSymbolSignal } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import {
  CONTINUOUS_SIGNAL_TYPES,
  type ContinuousSignalType,
  continuousConfigSchema,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { mirrorSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { backAndForth, movesSeries, newestVolumes, STEP } from './moves-series.ts';

const CONFIG = continuousConfigSchema.parse({});
const REST: SignalEvidence = {
  momentumScore: 0,
  direction: 1,
  reversion: { reversion_score: 0, reversion_candidate: false, reversion_direction: 'bearish' },
  bias: 0.6,
};

function typeOf(
  momentumScore: number,
  reversionScore: number,
  rest: Partial<SignalEvidence> = {},
): ContinuousSignalType {
  const reversion = {
    ...REST.reversion,
    reversion_score: reversionScore,
    reversion_candidate: reversionScore > 50,
  };
  return computeSignalType({ ...REST, momentumScore, reversion, ...rest });
}

/** What comes after a hundred moves that cancel out, and the newest volumes; the others are 100. */
interface Scene {
  readonly moves: readonly number[];
  readonly volumes?: readonly number[];
}

const times = (count: number, value: number) => new Array<number>(count).fill(value);

/** One scene for each bullish type, of the default configuration; their mirror images are the bearish ones. */
const SCENES: Readonly<Partial<Record<ContinuousSignalType, Scene>>> = {
  // √10 σ; four in a row and RSI 75 are 50 points of reversion, one factor short of a candidate.
  MOMENTUM_BUY: { moves: times(10, STEP) },
  // Five falls of 4 %: exhausted, excessive and oversold.
  REVERSION_BULLISH: { moves: times(5, -0.04) },
  // 69 points of momentum on usual volume; the last four moves exhausted, and so is volume, high on both sides of a lull.
  STRONG_BUY: {
    moves: [...backAndForth(6).map((move) => -move), ...times(4, 0.0078)],
    volumes: [...times(10, 300), ...times(7, 100), 400, 340, 280],
  },
  // 60.5 points of momentum (47.1 on high volume) and exhausted momentum.
  WEAK_BUY: { moves: [1, -1, 1, -1, -1, -1, 1, 1, 1, 1].map((sign) => sign * STEP), volumes: times(5, 300) },
  NEUTRAL: { moves: backAndForth(10) },
};

function seriesOf({ moves, volumes = [] }: Scene) {
  const all = [...backAndForth(100), ...moves];
  return movesSeries(all, { volume: newestVolumes(all.length, volumes) });
}

describe('the type of a signal', () => {
  for (const [type, scene] of Object.entries(SCENES)) {
    it(`is ${type} for candles that are so, and its counterpart for their mirror image`, () => {
      const counterpart = type.replace('_BUY', '_SELL').replace('BULLISH', 'BEARISH');
      const signalOf = (series: ReturnType<typeof seriesOf>) =>
        computeSymbolSignal(series, { style: 'swing', config: CONFIG }).signal_type;
      assert.equal(signalOf(seriesOf(scene)), type);
      assert.equal(signalOf(mirrorSeries(seriesOf(scene))), counterpart);
    });
  }

  it('is reached by candles whatever it is', () => {
    const bullish = CONTINUOUS_SIGNAL_TYPES.filter((type) => biasOfSignalType(type) !== 'bearish');
    assert.deepEqual(Object.keys(SCENES).toSorted(), bullish.toSorted());
  });

  it('is of momentum above 70, unless the symbol is a candidate for a reversion', () => {
    assert.deepEqual([typeOf(70.1, 0), typeOf(70.1, 50)], ['MOMENTUM_BUY', 'MOMENTUM_BUY']);
    assert.equal(typeOf(70.1, 0, { direction: -1 }), 'MOMENTUM_SELL');
    assert.deepEqual([typeOf(100, 75), typeOf(0, 100)], ['REVERSION_BEARISH', 'REVERSION_BEARISH']);
  });

  it('is strong above a combined score of 60 and weak above 40', () => {
    // 0.6 · 70 + 0.4 · 50 = 62; 0.6 · 66 + 20 = 59.6; 0.6 · 67 = 40.2; 0.6 · 66 = 39.6.
    assert.deepEqual(
      [typeOf(70, 50), typeOf(66, 50), typeOf(67, 0), typeOf(66, 0)],
      ['STRONG_BUY', 'WEAK_BUY', 'WEAK_BUY', 'NEUTRAL'],
    );
    assert.equal(typeOf(70, 50, { direction: -1 }), 'STRONG_SELL');
  });

  it('goes the way of the part that adds more', () => {
    assert.equal(typeOf(60, 50, { bias: 0.5 }), 'WEAK_BUY');
    assert.equal(typeOf(40, 50, { bias: 0.5 }), 'WEAK_SELL');
    assert.equal(typeOf(50, 50, { bias: 0.5 }), 'WEAK_BUY');
    assert.equal(typeOf(70, 50, { bias: 0 }), 'WEAK_SELL');
  });

  it('is NEUTRAL where there is no direction', () => {
    const reversion = {
      reversion_score: 75,
      reversion_candidate: true,
      reversion_direction: 'neutral',
    } as const;
    assert.equal(typeOf(100, 0, { direction: 0 }), 'NEUTRAL');
    assert.equal(typeOf(100, 0, { direction: 0, reversion }), 'NEUTRAL');
    assert.equal(
      typeOf(80, 0, { reversion }),
      'STRONG_BUY',
      'a reversion of nothing leaves the word to momentum',
    );
  });

  it('counts as bullish, bearish or neither', () => {
    assert.deepEqual(CONTINUOUS_SIGNAL_TYPES.map(biasOfSignalType), [
      ...['bullish', 'bearish', 'bullish', 'bearish'],
      ...['bullish', 'bearish', 'bullish', 'bearish', 'neutral'],
    ]);
  });
});

describe('the combined score', () => {
  it('weighs momentum with its bias and reversion with the rest', () => {
    assertClose(computeCombinedScore(80, 50, 0.6), 68, 1e-12);
    assert.deepEqual(
      [computeCombinedScore(80, 50, 1), computeCombinedScore(80, 50, 0), computeCombinedScore(0, 0, 0.6)],
      [80, 50, 0],
    );
  });

  it('stays within 0–100 and never falls when a part rises', () => {
    const score = fc.double({ min: 0, max: 100, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, score, share, (left, right, other, bias) => {
        const [low, high] = left < right ? [left, right] : [right, left];
        assert.ok(computeCombinedScore(high, other, bias) >= computeCombinedScore(low, other, bias));
        assert.ok(computeCombinedScore(other, high, bias) >= computeCombinedScore(other, low, bias));
        const combined = computeCombinedScore(left, right, bias);
        assert.ok(combined >= 0 && combined <= 100);
        assert.equal(computeCombinedScore(100, 100, bias), 100);
      }),
      PROPERTY_RUNS,
    );
  });
});
