import assert from 'node:assert/strict';
import { computeSymbolSignal } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import {
  computeTimeframeConfluence,
  type StyleSignals,
} from '@fast-scanner/server/analysis/continuous/timeframe-confluence.ts';
import {
  CONTINUOUS_SIGNAL_TYPES,
  type ContinuousSignalType,
  continuousConfigSchema,
  TRADING_STYLES,
  timeframeConfluenceSchema,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { walkSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';

const CONFIG = continuousConfigSchema.parse({});
const EXACT_CONFLUENCE = timeframeConfluenceSchema.strict();
const SIGNAL = computeSymbolSignal(walkSeries({ seed: 1, count: 120 }), { style: 'swing', config: CONFIG });

type Told = readonly [ContinuousSignalType, number];

/** Types and combined scores of the styles in their order; `null` for one without a signal. */
function signalsOf(told: readonly (Told | null)[]): StyleSignals {
  const entries = TRADING_STYLES.flatMap((style, index) => {
    const [signal_type, combined_score] = told[index] ?? [];
    if (signal_type === undefined || combined_score === undefined) return [];
    const timeframe = CONFIG.timeframes[style];
    return [[style, { ...SIGNAL, style, timeframe, signal_type, combined_score }]];
  });
  return Object.fromEntries(entries);
}

function confluenceOf(told: readonly (Told | null)[], minScore = 60) {
  return EXACT_CONFLUENCE.parse(
    computeTimeframeConfluence(signalsOf(told), { symbol: 'BTC/USDT', minScore }),
  );
}

/** The documented rules once more, told in another way. */
function naiveConfluence(told: readonly (Told | null)[], minScore: number) {
  const bullish: number[] = [];
  const bearish: number[] = [];
  for (const signal of told) {
    if (signal && /BUY|BULLISH/.test(signal[0])) bullish.push(signal[1]);
    if (signal && /SELL|BEARISH/.test(signal[0])) bearish.push(signal[1]);
  }
  let side: number[] = [];
  if (bullish.length > bearish.length) side = bullish;
  if (bullish.length < bearish.length) side = bearish;
  const confluence = side.length >= 2 && Math.min(...side) >= minScore;
  const average = side.length === 0 ? null : side.reduce((sum, score) => sum + score) / side.length;
  const isStrong = confluence && side.length > 2 && average !== null && average >= 70;
  return {
    confluence,
    average,
    counts: [bullish.length, bearish.length],
    recommendation: isStrong ? 'STRONG' : confluence ? 'MODERATE' : 'WEAK',
  };
}

const arbitraryTold = fc.array(
  fc.option(fc.tuple(fc.constantFrom(...CONTINUOUS_SIGNAL_TYPES), fc.integer({ min: 40, max: 100 })), {
    freq: 6,
  }),
  { minLength: 4, maxLength: 4 },
);
const arbitraryMinScore = fc.integer({ min: 0, max: 100 });

describe('the confluence of timeframes', () => {
  it('is strong with three aligned and an average of 70', () => {
    const found = confluenceOf([
      ['MOMENTUM_BUY', 70],
      ['REVERSION_BULLISH', 80],
      ['WEAK_BUY', 60],
      ['NEUTRAL', 10],
    ]);
    assert.deepEqual(
      [found.confluence, found.recommendation, found.average_score, found.dominant_bias],
      [true, 'STRONG', 70, 'bullish'],
    );
    assert.deepEqual(
      [found.timeframes_analyzed, found.bullish_timeframes, found.bearish_timeframes],
      [4, 3, 0],
    );
  });

  it('is moderate with two aligned, or with an average below 70', () => {
    assert.equal(
      confluenceOf([
        ['STRONG_SELL', 90],
        ['MOMENTUM_SELL', 90],
      ]).recommendation,
      'MODERATE',
    );
    const three = confluenceOf([
      ['STRONG_SELL', 69],
      ['MOMENTUM_SELL', 69],
      ['REVERSION_BEARISH', 70],
    ]);
    assert.deepEqual([three.recommendation, three.dominant_bias], ['MODERATE', 'bearish']);
  });

  it('is none when an aligned score misses the minimum, even with a high average', () => {
    const told: readonly Told[] = [
      ['MOMENTUM_BUY', 95],
      ['MOMENTUM_BUY', 95],
      ['WEAK_BUY', 59.9],
    ];
    assert.deepEqual([confluenceOf(told).confluence, confluenceOf(told).recommendation], [false, 'WEAK']);
    assert.equal(confluenceOf(told, 59.9).recommendation, 'STRONG');
  });

  it('is none with one aligned timeframe or as many on both sides', () => {
    assert.equal(confluenceOf([['MOMENTUM_BUY', 95], null, ['NEUTRAL', 90]]).confluence, false);
    const tied = confluenceOf([
      ['MOMENTUM_BUY', 95],
      ['MOMENTUM_BUY', 95],
      ['WEAK_SELL', 95],
      ['WEAK_SELL', 95],
    ]);
    assert.deepEqual([tied.confluence, tied.dominant_bias, tied.average_score], [false, 'neutral', null]);
  });

  it('tells of each style what it has, and null of one without a signal', () => {
    const { timeframe_details: details } = confluenceOf([null, ['WEAK_BUY', 45], null, ['NEUTRAL', 5]]);
    assert.deepEqual([details.scalp, details.swing], [null, null]);
    assert.deepEqual(details.day_trade, {
      timeframe: '4h',
      signal_type: 'WEAK_BUY',
      bias: 'bullish',
      combined_score: 45,
      momentum_score: SIGNAL.momentum.momentum_score,
      reversion_score: SIGNAL.reversion.reversion_score,
      price: SIGNAL.price,
      candleCloseTime: SIGNAL.candleCloseTime,
    });
    assert.equal(details.position?.bias, 'neutral');
  });

  it('says nothing without signals', () => {
    const { timeframe_details: details, ...none } = confluenceOf([]);
    assert.deepEqual(none, {
      symbol: 'BTC/USDT',
      confluence: false,
      timeframes_analyzed: 0,
      average_score: null,
      bullish_timeframes: 0,
      bearish_timeframes: 0,
      dominant_bias: 'neutral',
      recommendation: 'WEAK',
    });
    assert.deepEqual(Object.values(details), [null, null, null, null]);
  });

  it('is what the rules say, computed another way', () => {
    fc.assert(
      fc.property(arbitraryTold, arbitraryMinScore, (told, minScore) => {
        const found = confluenceOf(told, minScore);
        const naive = naiveConfluence(told, minScore);
        assert.deepEqual([found.confluence, found.recommendation], [naive.confluence, naive.recommendation]);
        assert.deepEqual([found.bullish_timeframes, found.bearish_timeframes], naive.counts);
        assertClose(found.average_score, naive.average, 1e-9);
      }),
      { ...PROPERTY_RUNS, numRuns: 200 },
    );
  });

  it('monotone: a higher minimum never makes one, and a stronger objection never does', () => {
    const ranks = { WEAK: 0, MODERATE: 1, STRONG: 2 } as const;
    const rankOf = (told: readonly (Told | null)[], minScore: number) =>
      ranks[confluenceOf(told, minScore).recommendation];
    fc.assert(
      fc.property(arbitraryTold, arbitraryMinScore, arbitraryMinScore, (told, left, right) => {
        const [low, high] = [Math.min(left, right), Math.max(left, right)];
        assert.ok(rankOf(told, high) <= rankOf(told, low));
        const side = confluenceOf(told, low).dominant_bias === 'bullish' ? /SELL|BEARISH/ : /BUY|BULLISH/;
        const louder = told.map((signal): Told | null =>
          signal && side.test(signal[0]) ? [signal[0], 100] : signal,
        );
        if (confluenceOf(told, low).dominant_bias !== 'neutral') {
          assert.equal(rankOf(louder, low), rankOf(told, low));
        }
      }),
      { ...PROPERTY_RUNS, numRuns: 100 },
    );
  });
});
