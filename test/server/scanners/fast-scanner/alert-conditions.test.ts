import assert from 'node:assert/strict';
import { readCondition } from '@fast-scanner/server/scanners/fast-scanner/alert-conditions.ts';
import { type AlertOutcome, type AlertRule, alertRuleSchema } from '@fast-scanner/shared';
import { agreement, type SampleResult, sampleResult } from './sample-results.ts';

type RuleInput = Partial<AlertRule> & Pick<AlertRule, 'change'>;
type Case = readonly [
  title: string,
  rule: RuleInput,
  before: SampleResult,
  after: SampleResult,
  AlertOutcome,
];

const CASES: readonly Case[] = [
  ['a turn', { change: 'flipped' }, { signal: 'BUY' }, { signal: 'SELL' }, 'fires'],
  ['no turn', { change: 'flipped' }, { signal: 'BUY' }, { signal: 'BUY' }, 'unchanged'],
  ['15 points more', { change: 'strengthened' }, { strength: 40 }, { strength: 55 }, 'fires'],
  ['14 points more', { change: 'strengthened' }, { strength: 40 }, { strength: 54 }, 'below_threshold'],
  ['fewer points', { change: 'strengthened' }, { strength: 55 }, { strength: 40 }, 'unchanged'],
  [
    'more points of another signal',
    { change: 'strengthened' },
    { signal: 'SELL' },
    { strength: 99 },
    'unchanged',
  ],
  [
    '5 points for a rule of 5',
    { change: 'strengthened', threshold: 5 },
    { strength: 40 },
    { strength: 45 },
    'fires',
  ],
  ['15 points less', { change: 'weakened' }, { strength: 55 }, { strength: 40 }, 'fires'],
  ['15 points more for weakened', { change: 'weakened' }, { strength: 40 }, { strength: 55 }, 'unchanged'],
  ['3 % without a threshold', { change: 'price_move' }, { atr: 50 }, { price: 97 }, 'fires'],
  ['2 ATR without a threshold', { change: 'price_move' }, { atr: 0.5 }, { price: 101 }, 'fires'],
  [
    '2 ATR for a rule of percent',
    { change: 'price_move', unit: 'percent' },
    { atr: 0.5 },
    { price: 101 },
    'below_threshold',
  ],
  ['1 % for a rule of 1', { change: 'price_move', threshold: 1 }, {}, { price: 101 }, 'fires'],
  [
    '3 % for a rule of ATR',
    { change: 'price_move', unit: 'atr' },
    { atr: 10 },
    { price: 103 },
    'below_threshold',
  ],
  [
    '3 ATR for a rule of 3',
    { change: 'price_move', unit: 'atr', threshold: 3 },
    { atr: 1 },
    { price: 97 },
    'fires',
  ],
  [
    'no ATR for a rule of ATR',
    { change: 'price_move', unit: 'atr' },
    { atr: null },
    { price: 150 },
    'no_data',
  ],
  ['no move', { change: 'price_move' }, {}, {}, 'unchanged'],
  [
    'another regime',
    { change: 'regime_change' },
    { deep: { regime: 'bull' } },
    { deep: { regime: 'bear' } },
    'fires',
  ],
  ['the same regime', { change: 'regime_change' }, {}, {}, 'unchanged'],
  ['no regime before', { change: 'regime_change' }, { deep: null }, { deep: { regime: 'bear' } }, 'no_data'],
  [
    '70 points reached',
    { change: 'score_above' },
    { deep: { score: 69.9 } },
    { deep: { score: 70 } },
    'fires',
  ],
  [
    'above 70 as before',
    { change: 'score_above' },
    { deep: { score: 70 } },
    { deep: { score: 90 } },
    'unchanged',
  ],
  [
    'back under 70',
    { change: 'score_above' },
    { deep: { score: 80 } },
    { deep: { score: 60 } },
    'below_threshold',
  ],
  ['no score now', { change: 'score_above' }, { deep: { score: 60 } }, { deep: null }, 'no_data'],
  [
    '40 reached',
    { change: 'score_above', threshold: 40 },
    { deep: { score: 30 } },
    { deep: { score: 45 } },
    'fires',
  ],
  [
    'three of four agree',
    { change: 'confluence_reached' },
    { deep: { confluence: agreement(2) } },
    { deep: { confluence: agreement(3) } },
    'fires',
  ],
  [
    'they agree as before',
    { change: 'confluence_reached' },
    { deep: { confluence: agreement(3) } },
    { deep: { confluence: agreement(4) } },
    'unchanged',
  ],
  [
    'they agree on the other side',
    { change: 'confluence_reached' },
    { deep: { confluence: agreement(4, 'bearish') } },
    { deep: { confluence: agreement(4) } },
    'fires',
  ],
  [
    'all are neutral',
    { change: 'confluence_reached' },
    {},
    { deep: { confluence: agreement(4, 'neutral') } },
    'below_threshold',
  ],
  [
    'three of four for a rule of all',
    { change: 'confluence_reached', threshold: 1 },
    {},
    { deep: { confluence: agreement(3) } },
    'below_threshold',
  ],
];

describe('the condition of an alert rule', () => {
  for (const [title, rule, before, after, outcome] of CASES) {
    it(`says ${outcome} for ${rule.change}: ${title}`, () => {
      const parsed = alertRuleSchema.parse({ id: 'r', ...rule });
      const reading = readCondition(parsed, sampleResult(before), sampleResult(after));
      assert.equal(reading.outcome, outcome, reading.detail);
    });
  }

  it('says how many timeframes agree, and which', () => {
    const rule = alertRuleSchema.parse({ id: 'r', change: 'confluence_reached' });
    const after = sampleResult({ deep: { confluence: agreement(3) } });
    const { from, to, delta, detail } = readCondition(rule, sampleResult(), after);
    assert.deepEqual([from, to, delta], ['0.25', '0.75', 0.5]);
    assert.equal(detail, 'C1/USDT: 3 of 4 timeframes are bullish: 15m, 1h, 4h');
  });

  it('says what was missing to fire', () => {
    const rule = alertRuleSchema.parse({ id: 'r', change: 'price_move' });
    const { detail } = readCondition(rule, sampleResult(), sampleResult({ price: 101 }));
    assert.equal(detail, 'C1/USDT moved 1.00 % (0.1 ATR), less than 3 % or 2 ATR');
  });
});

describe('an alert rule', () => {
  const problemOf = (rule: object) => {
    const { error } = alertRuleSchema.safeParse({ id: 'r', ...rule });
    return error?.issues.map(({ path, message }) => `${path.join('/')} ${message}`);
  };

  it('has a threshold only where there is a size, and one that can be reached', () => {
    assert.deepEqual(problemOf({ change: 'flipped', threshold: 3 }), [
      'threshold goes not with flipped, which has no size',
    ]);
    assert.deepEqual(problemOf({ change: 'confluence_reached', threshold: 3 }), [
      'threshold must be at most 1 with confluence_reached',
    ]);
    assert.equal(problemOf({ change: 'score_above', threshold: 100 }), undefined);
  });

  it('has a unit only with a price move', () => {
    assert.deepEqual(problemOf({ change: 'score_above', unit: 'atr' }), ['unit goes only with price_move']);
    assert.equal(problemOf({ change: 'price_move', unit: 'atr' }), undefined);
  });
});
