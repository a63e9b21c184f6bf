import assert from 'node:assert/strict';
import { computeConfluence } from '@fast-scanner/server/analysis/confluence.ts';
import { computeTimeframeVote } from '@fast-scanner/server/analysis/timeframe-vote.ts';
import { confluenceSchema, SIGNALS, TIMEFRAMES, type TimeframeVote } from '@fast-scanner/shared';
import fc from 'fast-check';
import { walkSeries } from './support/analysis-series.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

type VoteSignal = TimeframeVote['signal'];

function votesOf(signals: readonly VoteSignal[]): TimeframeVote[] {
  return TIMEFRAMES.slice(0, signals.length).map((timeframe, index) => ({
    timeframe,
    signal: signals[index] ?? null,
    score: null,
    candleCloseTime: null,
    warmupOk: true,
    detail: null,
  }));
}

const confluenceOf = (...signals: readonly VoteSignal[]) =>
  confluenceSchema.strict().parse(computeConfluence(votesOf(signals)));

describe('confluence', () => {
  it('has the bias of more than half of the asked timeframes', () => {
    assert.equal(confluenceOf('BUY', 'BUY', 'BUY', 'SELL').bias, 'bullish');
    assert.equal(confluenceOf('SELL', 'SELL', 'HOLD').bias, 'bearish');
    assert.equal(confluenceOf('BUY', 'BUY', 'HOLD', 'HOLD').bias, 'neutral');
    assert.equal(confluenceOf('BUY', null).bias, 'neutral');
  });

  it('names who agrees, who disagrees and who is missing', () => {
    const { agreeing, disagreeing, missing, alignment } = confluenceOf('BUY', 'BUY', 'BUY', 'SELL', null);
    assert.deepEqual([agreeing, disagreeing, missing], [['1m', '3m', '5m'], ['15m'], ['30m']]);
    assert.equal(alignment, 3 / 5);
  });

  it('counts HOLD as agreement with a neutral bias only', () => {
    assert.deepEqual(confluenceOf('HOLD', 'HOLD', 'BUY').agreeing, ['1m', '3m']);
    assert.deepEqual(confluenceOf('HOLD', 'HOLD', 'BUY').disagreeing, ['5m']);
    assert.deepEqual(confluenceOf('BUY', 'BUY', 'HOLD').disagreeing, []);
  });

  it('is neutral with alignment 0 when nothing was asked or nothing is known', () => {
    assert.deepEqual([confluenceOf().bias, confluenceOf().alignment], ['neutral', 0]);
    assert.deepEqual([confluenceOf(null, null).bias, confluenceOf(null, null).alignment], ['neutral', 0]);
  });

  it('never aligns better because a timeframe went missing', () => {
    const signals = fc.array(fc.constantFrom<VoteSignal>(...SIGNALS, null), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(signals, fc.nat(5), (before, position) => {
        const after = before.map((signal, index) => (index === position ? null : signal));
        assert.ok(confluenceOf(...after).alignment <= confluenceOf(...before).alignment);
      }),
      { ...PROPERTY_RUNS, numRuns: 300 },
    );
  });

  it('takes the quick signal of each timeframe as its vote', () => {
    const series = walkSeries({ seed: 3, count: 300, drift: 0.004, timeframe: '4h' });
    const vote = computeTimeframeVote({ timeframe: '4h', series, detail: null });
    assert.deepEqual([vote.timeframe, vote.signal, vote.warmupOk, vote.detail], ['4h', 'BUY', true, null]);
    assert.ok((vote.score ?? 0) > 0.3);
  });

  it('says why a timeframe has no vote', () => {
    const absent = computeTimeframeVote({ timeframe: '1d', series: null, detail: 'not listed' });
    assert.deepEqual([absent.signal, absent.score, absent.detail], [null, null, 'not listed']);
    const short = computeTimeframeVote({
      timeframe: '1d',
      series: walkSeries({ seed: 1, count: 20 }),
      detail: null,
    });
    assert.equal(short.signal, null);
    assert.match(short.detail ?? '', /20 closed/);
  });
});
