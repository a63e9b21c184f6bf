import assert from 'node:assert/strict';
import { AlertMemory } from '@fast-scanner/server/scanners/fast-scanner/alert-memory.ts';
import { judgeAlerts } from '@fast-scanner/server/scanners/fast-scanner/judge-alerts.ts';
import {
  ALERT_CHANGES,
  type Alert,
  type AlertRule,
  alertRulesSchema,
  type ScanResult,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { PROPERTY_RUNS } from '../../analysis/support/property-runs.ts';
import { agreement, sampleResult } from './sample-results.ts';

const HOUR = 3_600_000;
const SYMBOLS = ['C1/USDT', 'C2/USDT'] as const;

const reading = fc.record({
  signal: fc.constantFrom('BUY' as const, 'SELL' as const, 'HOLD' as const),
  strength: fc.integer({ min: 0, max: 100 }),
  price: fc.integer({ min: 80, max: 120 }),
  deep: fc.option(
    fc.record({
      regime: fc.constantFrom('bull' as const, 'bear' as const),
      score: fc.integer({ min: 50, max: 90 }),
      confluence: fc.integer({ min: 0, max: 4 }).map((count) => agreement(count)),
    }),
  ),
});

/** Scans in their order: how many candles closed since the one before, what each symbol looks like, whether the process was restarted. */
const history = fc.array(
  fc.record({
    candles: fc.integer({ min: 0, max: 3 }),
    readings: fc.tuple(reading, fc.option(reading)),
    isRestarted: fc.boolean(),
  }),
  { minLength: 2, maxLength: 25 },
);

const rules = fc.integer({ min: 0, max: 4 }).map((cooldownCandles) => {
  const everyKind = ALERT_CHANGES.map((change) => ({
    id: change.replaceAll('_', '-'),
    change,
    cooldownCandles,
  }));
  return alertRulesSchema.parse({ rules: everyKind }).rules;
});

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

/** What fires over a history, in its order. */
function fire(scans: History, watched: readonly AlertRule[]): Alert[] {
  const fired: Alert[] = [];
  let memory = new AlertMemory();
  let before: readonly ScanResult[] = [];
  let candle = 1;
  for (const { candles, readings, isRestarted } of scans) {
    candle += candles;
    if (isRestarted) {
      memory = new AlertMemory();
      for (const alert of fired) memory.remember(alert);
    }
    const after = readings.flatMap((one, index) =>
      one ? [sampleResult({ ...one, candle, symbol: SYMBOLS[index] ?? '' })] : [],
    );
    const judged = judgeAlerts(watched, { before, after }, memory);
    for (const { verdict, result } of judged) {
      if (verdict.outcome !== 'fires' || !result) continue;
      const alert = { ...result, ...verdict, seq: fired.length + 1 } as unknown as Alert; // as much of it as is remembered
      fired.push(alert);
      memory.remember(alert);
    }
    before = after;
  }
  return fired;
}

describe('the alerts of any history of scans', () => {
  it('fire once per symbol, timeframe, rule and candle, whatever is scanned again and however often the process restarts', () => {
    fc.assert(
      fc.property(history, rules, (scans, watched) => {
        const keys = fire(scans, watched).map(({ ruleId, symbol, timeframe, candleCloseTime }) =>
          [ruleId, symbol, timeframe, candleCloseTime].join(' '),
        );
        assert.equal(new Set(keys).size, keys.length);
      }),
      PROPERTY_RUNS,
    );
  });

  it('keep the candles of the cooldown between two of a rule and symbol', () => {
    fc.assert(
      fc.property(history, rules, (scans, watched) => {
        const last = new Map<string, number>();
        for (const { ruleId, symbol, candleCloseTime } of fire(scans, watched)) {
          const closedAt = Date.parse(candleCloseTime);
          const sinceMs = closedAt - (last.get(`${ruleId} ${symbol}`) ?? Number.NEGATIVE_INFINITY);
          assert.ok(sinceMs >= (watched[0]?.cooldownCandles ?? 0) * HOUR);
          last.set(`${ruleId} ${symbol}`, closedAt);
        }
      }),
      PROPERTY_RUNS,
    );
  });

  it('do not depend on restarts', () => {
    fc.assert(
      fc.property(history, rules, (scans, watched) => {
        const calm = scans.map((scan) => ({ ...scan, isRestarted: false }));
        assert.deepEqual(fire(scans, watched), fire(calm, watched));
      }),
      PROPERTY_RUNS,
    );
  });

  it('are none for a scan that says the same again', () => {
    fc.assert(
      fc.property(history, rules, (scans, watched) => {
        const doubled = scans.flatMap((scan) => [scan, { ...scan, candles: 0 }]);
        assert.equal(fire(doubled, watched).length, fire(scans, watched).length);
      }),
      PROPERTY_RUNS,
    );
  });
});
