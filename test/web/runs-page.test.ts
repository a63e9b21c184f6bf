import assert from 'node:assert/strict';
import { type RunRejections, runRequestSchema } from '@fast-scanner/shared';
import fc from 'fast-check';
import {
  ARM_FIELDS,
  type ArmChoice,
  missingCategory,
  toRunInput,
} from '../../web/src/pages/runs/arm-choice.ts';
import { toggleCompared } from '../../web/src/pages/runs/compared-runs.ts';
import { toReasonGroups } from '../../web/src/pages/runs/rejection-reasons.ts';

const choice: fc.Arbitrary<ArmChoice> = fc.record({
  mode: fc.constant(''),
  limit: fc.integer({ min: 1, max: 100 }),
  exchange: fc.constantFrom('', 'demo', 'binance'),
  majors: fc.boolean(),
  altcoins: fc.boolean(),
  memes: fc.boolean(),
  min_score: fc.integer({ min: 0, max: 100 }),
  leverage: fc.integer({ min: 1, max: 125 }),
  symbols: fc.uniqueArray(fc.constantFrom('BTC/USDT', 'ETH/USDT', 'SOL/USDT:USDT')),
});

const counts = {
  low_confluence: 0,
  no_data: 0,
  missing_critical_tf: 0,
  risk_validation: 0,
  no_trade_plan: 0,
  errors: 0,
};

describe('the page of scan runs', () => {
  it('asks for what the server takes, and says beforehand what it would refuse', () => {
    fc.assert(
      fc.property(choice, fc.constantFrom('recon', 'ghost'), (chosen, mode) => {
        const { success } = runRequestSchema.safeParse(toRunInput(chosen, mode));
        assert.equal(success, missingCategory(chosen) === null);
      }),
    );
  });

  it('leaves number and categories out when symbols are named', () => {
    const fallback = Object.entries(ARM_FIELDS).map(([name, field]) => [name, field.fallback]);
    const unchanged: ArmChoice = Object.fromEntries(fallback);
    const { limit, majors } = toRunInput(unchanged, 'recon');
    assert.deepEqual([limit, majors], [10, true]);
    const named = toRunInput({ ...unchanged, symbols: ['BTC/USDT'] }, 'recon');
    assert.deepEqual(named, { sniper_mode: 'recon', min_score: 0, leverage: 1, symbols: ['BTC/USDT'] });
  });

  it('compares two runs from the older to the newer, in whatever order they are chosen', () => {
    const runs = [
      { run_id: 'new', created_at: '2026-01-03T00:00:00.000Z' },
      { run_id: 'mid', created_at: '2026-01-02T00:00:00.000Z' },
      { run_id: 'old', created_at: '2026-01-01T00:00:00.000Z' },
    ];
    assert.deepEqual(toggleCompared(toggleCompared([], 'new', runs), 'old', runs), ['old', 'new']);
    assert.deepEqual(toggleCompared(['old'], 'new', runs), ['old', 'new']);
    assert.deepEqual(toggleCompared(['old', 'new'], 'mid', runs), ['mid', 'new']);
    assert.deepEqual(toggleCompared(['old', 'new'], 'new', runs), ['old']);
  });

  it('lists the reasons that occurred, the most frequent first, and in each those that were nearest', () => {
    const rejections: RunRejections = {
      total_rejected: 4,
      by_reason: { ...counts, no_data: 1, low_confluence: 3 },
      details: {
        no_data: [{ symbol: 'X/USDT', reason: 'no candles' }],
        low_confluence: [
          { symbol: 'B/USDT', reason: 'no side' },
          { symbol: 'A/USDT', reason: 'too low', score: 40, threshold: 65 },
          { symbol: 'C/USDT', reason: 'too low', score: 64, threshold: 65 },
        ],
      },
    };
    const groups = toReasonGroups(rejections);
    assert.deepEqual(
      groups.map(({ reason, count, share }) => [reason, count, share]),
      [
        ['low_confluence', 3, 0.75],
        ['no_data', 1, 0.25],
      ],
    );
    assert.deepEqual(
      groups[0]?.rejections.map(({ symbol }) => symbol),
      ['C/USDT', 'A/USDT', 'B/USDT'],
    );
  });
});
