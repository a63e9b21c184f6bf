import assert from 'node:assert/strict';
import { computeRiskPlan, type RiskPlanInput } from '@fast-scanner/server/analysis/risk-plan.ts';
import { RISK_RULES } from '@fast-scanner/server/analysis/risk-rules.ts';
import { roundToTick } from '@fast-scanner/server/analysis/tick.ts';
import { allocateColumns, type CandleColumns, riskPlanSchema } from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk } from './support/analysis-series.ts';
import { assertClose } from './support/assert-close.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

/** A quiet market at 100 (candles from 99.9 to 100.1) with single spikes `[candles ago, price]`. */
function quietMarket(spikes: readonly (readonly [number, number])[] = []): CandleColumns {
  const columns = allocateColumns(60);
  columns.open.fill(100);
  columns.close.fill(100);
  columns.high.fill(100.1);
  columns.low.fill(99.9);
  for (const [ago, price] of spikes) {
    if (price > 100) columns.high[60 - ago] = price;
    else columns.low[60 - ago] = price;
  }
  return columns;
}

function planOf(input: Partial<RiskPlanInput>) {
  return computeRiskPlan({ candles: quietMarket(), direction: 'long', atr: 1, tickSize: 0.01, ...input });
}

describe('risk plan', () => {
  it('uses two ATRs and multiples of the risk when no swing is near', () => {
    const { plan } = planOf({});
    assert.deepEqual([plan?.entry, plan?.stopLoss, plan?.takeProfit, plan?.riskReward], [100, 98, 104, 2]);
    assert.deepEqual(
      plan?.targets.map(({ price }) => price),
      [104, 106, 108],
    );
  });

  it('mirrors a long into a short', () => {
    const { plan } = planOf({ direction: 'short' });
    assert.deepEqual([plan?.stopLoss, plan?.takeProfit, plan?.riskReward], [102, 96, 2]);
  });

  it('puts the stop a quarter of an ATR behind the nearest swing that leaves room', () => {
    const candles = quietMarket([
      [20, 98.7],
      [30, 97.5],
      [40, 99.5],
    ]);
    const { plan } = planOf({ candles });
    assert.equal(plan?.stopLoss, 98.45);
    assert.match(plan?.rationale ?? '', /swing low at 98\.7/);
  });

  it('takes profit at the swings ahead, nearest first, and passes over those within one ATR', () => {
    const candles = quietMarket([
      [20, 104],
      [30, 100.8],
      [40, 104.2],
      [50, 107],
    ]);
    const { plan } = planOf({ candles });
    assert.deepEqual(
      plan?.targets.map(({ price }) => price),
      [104, 107],
    );
    assert.equal(plan?.takeProfit, 104);
  });

  it('does not wait for a swing more than eight ATRs ahead', () => {
    assert.equal(planOf({ candles: quietMarket([[20, 108.5]]) }).plan?.takeProfit, 104);
    assert.equal(planOf({ candles: quietMarket([[20, 107.5]]) }).plan?.takeProfit, 107.5);
  });

  it('gives no plan when a swing ahead leaves less than the minimum, and says which', () => {
    const { plan, reason } = planOf({ candles: quietMarket([[20, 102]]) });
    assert.equal(plan, null);
    assert.match(reason ?? '', /swing high at 102 pays 1\.00 .* minimum 1\.5/);
  });

  it('lets the caller set the minimum', () => {
    const candles = quietMarket([[20, 102]]);
    assert.equal(planOf({ candles, minRiskReward: 1 }).plan?.riskReward, 1);
    assert.equal(planOf({ minRiskReward: 3 }).plan?.riskReward, 3);
    assert.match(planOf({ minRiskReward: 5 }).reason ?? '', /farthest target within reach pays 4\.00/);
  });

  it('gives no plan for a stop closer than 0.5 % or farther than 8 %', () => {
    assert.match(planOf({ atr: 0.2 }).reason ?? '', /0\.40 % away, closer than 0\.5 %/);
    assert.match(planOf({ atr: 4.5 }).reason ?? '', /9\.00 % away, farther than 8 %/);
    assert.ok(planOf({ atr: 0.25 }).plan && planOf({ atr: 4 }).plan);
  });

  it('gives no plan without a side, without movement, and with a tick coarser than the price', () => {
    assert.match(planOf({ direction: 'none' }).reason ?? '', /HOLD/);
    assert.match(planOf({ atr: null }).reason ?? '', /ATR/);
    assert.match(planOf({ atr: 0 }).reason ?? '', /ATR/);
    assert.match(planOf({ tickSize: 1_000 }).reason ?? '', /tick/);
  });

  it('names the kind of problem for programs', () => {
    assert.equal(planOf({}).problem, null);
    assert.equal(planOf({ direction: 'none' }).problem, 'no_side');
    assert.equal(planOf({ atr: 0 }).problem, 'no_volatility');
    assert.equal(planOf({ atr: 4.5 }).problem, 'stop_distance');
    assert.equal(planOf({ minRiskReward: 5 }).problem, 'risk_reward');
    assert.equal(planOf({ candles: quietMarket([[20, 102]]), tickSize: 4 }).problem, 'no_target');
  });

  it('computes risk/reward after rounding to the tick', () => {
    const { plan } = planOf({ atr: 1.3, tickSize: 0.5 });
    assert.deepEqual([plan?.stopLoss, plan?.takeProfit], [97, 106]);
    assert.equal(plan?.riskReward, 2);
    const coarse = planOf({ candles: quietMarket([[20, 104.4]]), tickSize: 0.5 }).plan;
    assert.deepEqual([coarse?.takeProfit, coarse?.riskReward], [104, 2]);
  });

  it('keeps its promises on every market, side and tick', () => {
    const tick = fc.constantFrom(null, 1e-8, 0.001, 0.01, 0.5, 7);
    const atrRatio = fc.double({ min: 0.0005, max: 0.06, noNaN: true });
    fc.assert(
      fc.property(
        arbitraryWalk(),
        fc.constantFrom('long', 'short') satisfies fc.Arbitrary<'long' | 'short'>,
        tick,
        atrRatio,
        (candles, direction, tickSize, ratio) => {
          const atr = ratio * (candles.close.at(-1) ?? 0);
          const { plan, reason } = computeRiskPlan({ candles, direction, atr, tickSize });
          assert.equal(plan === null, reason !== null);
          if (!plan) return;
          riskPlanSchema.strict().parse(plan);
          const { entry, stopLoss, takeProfit, riskReward, stopDistancePct, targets } = plan;
          const prices = direction === 'long' ? [stopLoss, entry, takeProfit] : [takeProfit, entry, stopLoss];
          assert.deepEqual(
            prices,
            prices.toSorted((left, right) => left - right),
          );
          assert.ok(riskReward >= RISK_RULES.minRiskReward - 1e-9);
          assert.ok(stopDistancePct >= RISK_RULES.minStopPct && stopDistancePct <= RISK_RULES.maxStopPct);
          assertClose(riskReward, Math.abs(takeProfit - entry) / Math.abs(entry - stopLoss), 1e-9);
          assert.deepEqual(targets[0], { level: 1, price: takeProfit, riskReward });
          for (const price of [entry, stopLoss, ...targets.map((target) => target.price)]) {
            assert.equal(roundToTick(price, tickSize, 'nearest'), price);
          }
        },
      ),
      { ...PROPERTY_RUNS, numRuns: 200 },
    );
  });
});

describe('rounding to the tick', () => {
  it('rounds to the asked side and leaves no tail of binary fractions', () => {
    assert.equal(roundToTick(0.31, 0.1, 'nearest'), 0.3);
    assert.equal(roundToTick(0.31, 0.1, 'up'), 0.4);
    assert.equal(roundToTick(0.39, 0.1, 'down'), 0.3);
  });

  it('leaves a price that is on the tick where it is', () => {
    assert.equal(roundToTick(0.3, 0.1, 'down'), 0.3);
    assert.equal(roundToTick(1.1, 0.1, 'up'), 1.1);
    assert.equal(roundToTick(1.23e-6, 1e-8, 'down'), 1.23e-6);
  });

  it('leaves prices alone when the tick is unknown', () => {
    assert.equal(roundToTick(1.2345, null, 'up'), 1.2345);
  });
});
