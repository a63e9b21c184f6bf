import assert from 'node:assert/strict';
import { DEFAULT_ALERT_RULES } from '@fast-scanner/server/scanners/fast-scanner/default-alert-rules.ts';
import { ALERT_CHANGES, ALERT_OUTCOMES, DEFAULT_THRESHOLDS } from '@fast-scanner/shared';
import {
  ALERT_KINDS,
  OUTCOME_LABELS,
  scopeText,
  thresholdText,
} from '../../web/src/pages/alerts/alert-words.ts';
import { DEFAULT_RULES, freeId, newRule } from '../../web/src/pages/alerts/default-rules.ts';
import { deliveryHealth } from '../../web/src/pages/alerts/delivery-health.ts';
import { countOutcomes } from '../../web/src/pages/alerts/preview-groups.ts';

describe('the dashboard’s alerts', () => {
  it('reset to the rules that a new server has', () => {
    assert.deepEqual(DEFAULT_RULES, DEFAULT_ALERT_RULES);
  });

  it('offer every kind of rule, with the usual threshold of the server', () => {
    assert.deepEqual(Object.keys(ALERT_KINDS).sort(), [...ALERT_CHANGES].sort());
    for (const change of ALERT_CHANGES) {
      const usual = DEFAULT_THRESHOLDS[change];
      const text = ALERT_KINDS[change].threshold?.usual ?? null;
      const numbers = usual === null ? [] : typeof usual === 'number' ? [usual] : Object.values(usual);
      assert.deepEqual((text?.match(/[\d.]+/g) ?? []).map(Number), numbers, change);
    }
    assert.deepEqual(Object.keys(OUTCOME_LABELS).sort(), [...ALERT_OUTCOMES].sort());
  });

  it('say a rule in words', () => {
    const rule = newRule('one', 'price_move');
    assert.equal(thresholdText(rule), 'usual (3 % or 2 ATRs, whichever comes first)');
    assert.equal(thresholdText({ ...rule, threshold: 5 }), '5 %');
    assert.equal(thresholdText({ ...rule, threshold: 1.5, unit: 'atr' }), '1.5 ATRs');
    assert.equal(scopeText(rule), 'every symbol');
    const symbols = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT'];
    const narrow = { ...rule, symbols, exchange: 'bybit', timeframe: '1h' as const };
    assert.equal(scopeText(narrow), 'A/USDT, B/USDT, C/USDT and 1 more, on bybit, 1h candles');
  });

  it('name a new rule as no other is named', () => {
    assert.equal(freeId('rule', ['flip']), 'rule');
    assert.equal(freeId('rule', ['rule', 'rule-2']), 'rule-3');
  });

  it('count what comes of the rules, what matters most first', () => {
    const verdict = {
      ruleId: 'a',
      change: 'flipped',
      symbol: null,
      from: null,
      to: null,
      delta: null,
    } as const;
    const verdicts = (['unchanged', 'fires', 'unchanged'] as const).map((outcome) => ({
      ...verdict,
      outcome,
      detail: '',
    }));
    assert.deepEqual(countOutcomes(verdicts), [
      { outcome: 'fires', count: 1 },
      { outcome: 'unchanged', count: 2 },
    ]);
  });

  it('say how a webhook’s deliveries fare', () => {
    const state = { pending: 0, delivered: 0, failed: 0, nextAttemptAt: null, lastError: null };
    const attempt = { deliveryId: 'x', at: '2024-01-01T00:00:00.000Z', statusCode: 500, attempt: 1 };
    const health = (delivered: boolean | null, nextAttemptAt: string | null = null) =>
      deliveryHealth({
        enabled: true,
        state: {
          ...state,
          nextAttemptAt,
          lastDelivery: delivered === null ? null : { ...attempt, delivered },
        },
      });
    assert.equal(health(null), 'unused');
    assert.equal(health(true), 'ok');
    assert.equal(health(false), 'failing');
    assert.equal(health(false, '2024-01-01T00:01:00.000Z'), 'retrying');
  });
});
