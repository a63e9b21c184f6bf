import assert from 'node:assert/strict';
import {
  type JudgedSymbol,
  judgeSymbol,
  type RunRules,
} from '@fast-scanner/server/scanners/scan-runs/judge-symbol.ts';
import {
  RUN_MODES,
  type RunRejection,
  type RunSignal,
  runRejectionSchema,
  runSignalSchema,
} from '@fast-scanner/shared';
import { type DeepOptions, deepOf, LONG_PLAN, SHORT_PLAN } from './deep-analyses.ts';

const RECON: RunRules = { mode: 'recon', minScore: 65, leverage: 1 };

interface Case extends DeepOptions, Partial<RunRules>, Partial<Pick<JudgedSymbol, 'price' | 'tickSize'>> {}

function judge({ price = 101, tickSize = 0.01, ...options }: Case) {
  const rules = { ...RECON, ...options };
  return judgeSymbol({ symbol: 'BTC/USDT', deep: deepOf(options), price, asOf: 0, tickSize }, rules);
}

function rejectionOf(options: Case): [string, RunRejection] {
  const outcome = judge(options);
  if (outcome.status === 'signal') throw new Error('it is a signal');
  return [outcome.reason, runRejectionSchema.parse(outcome.rejection)];
}

function signalOf(options: Case): RunSignal {
  const outcome = judge(options);
  if (outcome.status !== 'signal') throw new Error(`${outcome.reason}: ${outcome.rejection.reason}`);
  return runSignalSchema.parse(outcome.signal);
}

describe('the verdict on a symbol', () => {
  it('names the critical timeframe that is missing, and no other', () => {
    const [reason, { reason: said }] = rejectionOf({ missing: ['4h', '1d'] });
    assert.deepEqual([reason, said], ['missing_critical_tf', 'recon cannot do without 4h: too young']);
    assert.equal(judge({ missing: ['5m', '15m', '1d'] }).status, 'signal', 'recon needs 4h and 1h only');
    assert.equal(judge({ mode: 'ghost', missing: ['4h'] }).status, 'signal');
    assert.equal(rejectionOf({ mode: 'strike', missing: ['15m'] })[0], 'missing_critical_tf');
  });

  it('asks for the minimum score, which is enough itself', () => {
    const [reason, rejection] = rejectionOf({ score: 64.4, minScore: 65 });
    assert.deepEqual([reason, rejection.reason], ['low_confluence', 'scores 64.4, below the minimum 65']);
    assert.deepEqual([rejection.score, rejection.threshold], [64.4, 65]);
    assert.equal(judge({ score: 65, minScore: 65 }).status, 'signal');
  });

  it('never says that a score lies below itself', () => {
    assert.equal(rejectionOf({ score: 64.99 })[1].reason, 'scores 64.9, below the minimum 65');
    assert.equal(
      rejectionOf({ score: 70.449, minScore: 70.45 })[1].reason,
      'scores 70.4, below the minimum 70.45',
    );
  });

  it('asks for a side', () => {
    const [reason, { reason: said }] = rejectionOf({ direction: 'none', plan: null, problem: 'no_side' });
    assert.deepEqual([reason, said], ['low_confluence', 'the signal is HOLD: no side to trade']);
  });

  it('tells a plan whose risk is unacceptable from one that does not exist', () => {
    const reasonOf = (problem: DeepOptions['problem']) =>
      rejectionOf({ plan: null, problem: problem ?? null })[0];
    assert.deepEqual(
      ['stop_distance', 'risk_reward'].map((one) => reasonOf(one as 'stop_distance')),
      ['risk_validation', 'risk_validation'],
    );
    assert.deepEqual([reasonOf('no_volatility'), reasonOf('no_target')], ['no_trade_plan', 'no_trade_plan']);
    assert.equal(rejectionOf({ plan: null, problem: 'no_target' })[1].reason, 'this is why');
  });

  it('asks that the price is still between stop and first target', () => {
    const details = [96, 95, 108, 109].map((price) => rejectionOf({ price })[1].reason);
    assert.match(details[0] ?? '', /the price 96 is already behind the stop 96/);
    assert.match(details[1] ?? '', /the price 95 is already behind the stop 96/);
    assert.match(details[2] ?? '', /the price 108 has already reached the first target 108/);
    assert.match(details[3] ?? '', /the price 109 has already reached/);
    assert.deepEqual(
      [96.01, 107.99].map((price) => judge({ price }).status),
      ['signal', 'signal'],
    );
    const short = (price: number) => judge({ plan: SHORT_PLAN, price }).status;
    assert.deepEqual([104, 92, 103.99, 92.01].map(short), ['rejected', 'rejected', 'signal', 'signal']);
  });

  it('asks that the stop comes before the liquidation', () => {
    assert.equal(signalOf({ leverage: 1 }).liquidation_price, null);
    assert.equal(signalOf({ leverage: 10 }).liquidation_price, 90.5, '100 − (100 / 10 − 0.5) %');
    assert.equal(signalOf({ leverage: 10, plan: SHORT_PLAN }).liquidation_price, 109.5);
    assert.equal(signalOf({ leverage: 22 }).liquidation_price, 95.954545, '100 − (4.545454… − 0.5) %');
    const [reason, { reason: said }] = rejectionOf({ leverage: 23 });
    assert.equal(reason, 'risk_validation');
    assert.equal(said, 'with leverage 23 the position is liquidated at 96.152174, before the stop 96');
    assert.equal(rejectionOf({ leverage: 25, plan: { ...LONG_PLAN, stopLoss: 96.5 } })[0], 'risk_validation');
    assert.equal(
      rejectionOf({ leverage: 25, plan: { ...SHORT_PLAN, stopLoss: 103.5 } })[0],
      'risk_validation',
    );
  });

  it('gives the first rule that is broken as the reason', () => {
    const all: Case = { missing: ['1h'], score: 10, plan: null, problem: 'risk_reward' };
    assert.equal(rejectionOf(all)[0], 'missing_critical_tf');
    assert.equal(rejectionOf({ ...all, missing: [] })[0], 'low_confluence');
    assert.equal(rejectionOf({ ...all, missing: [], score: 90 })[0], 'risk_validation');
    assert.equal(rejectionOf({ plan: null, problem: 'no_target', leverage: 125 })[0], 'no_trade_plan');
  });

  it('hands the score, the threshold and the factors to whoever is rejected', () => {
    for (const broken of [{ missing: ['1h'] }, { score: 3 }, { price: 1 }] as const) {
      const [, rejection] = rejectionOf(broken);
      assert.equal(rejection.symbol, 'BTC/USDT');
      assert.equal(rejection.threshold, 65);
      assert.equal(rejection.factors?.[0]?.contribution, rejection.score);
    }
  });
});

describe('a signal', () => {
  it('of a long enters from the plan down to a quarter of the way to the stop', () => {
    const signal = signalOf({ tickSize: 0.3 });
    const { direction, entry_near, entry_far, stop_loss, current_price } = signal;
    assert.deepEqual([direction, entry_near, stop_loss, current_price], ['LONG', 100, 96, 101]);
    assert.equal(entry_far, 99, '99 lies on the tick of 0.3');
    assert.equal(signalOf({ tickSize: 0.4 }).entry_far, 99.2, 'rounded towards the entry');
    assert.equal(signalOf({ tickSize: null }).entry_far, 99);
  });

  it('of a short enters from the plan up to a quarter of the way to the stop', () => {
    const { direction, entry_near, entry_far, stop_loss } = signalOf({ plan: SHORT_PLAN, tickSize: 0.4 });
    assert.deepEqual([direction, entry_near, entry_far, stop_loss], ['SHORT', 100, 100.8, 104]);
  });

  it('closes the whole position over its targets, most of it at the nearest', () => {
    const sharesOf = (count: number) =>
      signalOf({ plan: { ...LONG_PLAN, targets: LONG_PLAN.targets.slice(0, count) } }).targets;
    assert.deepEqual(
      [1, 2, 3].map((count) => sharesOf(count).map(({ percentage }) => percentage)),
      [[100], [60, 40], [50, 30, 20]],
    );
    assert.deepEqual(sharesOf(2), [
      { level: 108, percentage: 60, risk_reward: 2 },
      { level: 112, percentage: 40, risk_reward: 3 },
    ]);
  });

  it('is of the kind and the timeframe of its mode, and says what speaks for it', () => {
    const { setup_type, primary_timeframe, rationale, score, factors, analysis } = signalOf({
      mode: 'surgical',
    });
    assert.deepEqual(
      [setup_type, primary_timeframe, score],
      ['scalp', RUN_MODES.surgical.primaryTimeframe, 80],
    );
    assert.match(
      rationale,
      /^long on 15m: score 80\.0 of at least 65; 5 of 5 timeframes say BUY; bull regime/,
    );
    assert.deepEqual(factors, analysis.factors);
  });
});
