import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { computeSymbolSignal } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import { computeDeepAnalysis } from '@fast-scanner/server/analysis/deep-analysis.ts';
import { computeQuickAnalysis } from '@fast-scanner/server/analysis/quick-analysis.ts';
import { RULE_VERSIONS } from '@fast-scanner/server/analysis/rule-versions.ts';
import { type CandleSeries, continuousConfigSchema } from '@fast-scanner/shared';
import { walkSeries } from './support/analysis-series.ts';

/**
 * What each version of the rules says of the same candles. When a digest here does not hold any more, the rules have changed: raise
 * the version in rule-versions.ts, and put the new digest beside the new number.
 */
const DIGESTS: Readonly<Record<keyof typeof RULE_VERSIONS, Readonly<Record<number, string>>>> = {
  quick: { 1: '3426e8e900e4c857' },
  deep: { 1: '10ca1636bbe9926c' },
  continuous: { 1: '94a6da23d2e1692b' },
};

const SERIES: readonly CandleSeries[] = [
  walkSeries({ seed: 1, count: 500 }),
  walkSeries({ seed: 2, count: 500, drift: 0.002 }),
  walkSeries({ seed: 3, count: 500, drift: -0.002, spread: 0.03 }),
];

/** Digest of everything said, numbers to ten digits. */
function digest(said: unknown): string {
  const text = JSON.stringify(said, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(10)) : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function sayQuick(series: CandleSeries) {
  const { signal, score, factors } = computeQuickAnalysis(series);
  return { signal, score, factors: factors.map(({ name, contribution }) => [name, contribution]) };
}

function sayDeep(primary: CandleSeries) {
  const timeframes = [{ timeframe: primary.timeframe, series: primary, detail: null }];
  const { opportunity_score, direction, market_regime, sl_tp } = computeDeepAnalysis({
    primary,
    timeframes,
    tickSize: 0.01,
  });
  const { regime, confidence, volatility, persistence } = market_regime;
  const targets = sl_tp?.targets.map(({ price }) => price);
  return [
    opportunity_score,
    direction,
    regime,
    confidence,
    volatility,
    persistence,
    sl_tp?.stopLoss,
    targets,
  ];
}

function sayContinuous(series: CandleSeries) {
  const config = continuousConfigSchema.parse({});
  const { signal_type, combined_score, momentum, reversion } = computeSymbolSignal(series, {
    style: 'swing',
    config,
  });
  return [signal_type, combined_score, momentum.momentum_score, reversion.reversion_score];
}

describe('the version of a set of rules', () => {
  const says: Readonly<Record<keyof typeof RULE_VERSIONS, (series: CandleSeries) => unknown>> = {
    quick: sayQuick,
    deep: sayDeep,
    continuous: sayContinuous,
  };
  for (const name of ['quick', 'deep', 'continuous'] as const) {
    it(`stands for what the ${name} rules say`, () => {
      const found = digest(SERIES.map((series) => says[name](series)));
      assert.equal(found, DIGESTS[name][RULE_VERSIONS[name]]);
    });
  }
});
