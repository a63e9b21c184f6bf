import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  computeSymbolSignal,
  type SymbolSignal,
} from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import { CandleCsvParser } from '@fast-scanner/server/market-data/files/candle-csv-parser.ts';
import {
  type CandleSeries,
  CONTINUOUS_SIGNAL_TYPES,
  type ContinuousSignalType,
  continuousConfigSchema,
  createSeries,
  sliceSeries,
} from '@fast-scanner/shared';

const DIRECTORY = '../shared/data/crypto/binance-spot-2025-15m/15m';
const WINDOW = 300;
/** A prime, so that the samples fall on every hour of the day. */
const SAMPLE_EVERY = 17;

/** Smallest and largest share of the signals, percent. Extremes of single candles are rare on 15 minutes. */
const SHARES: Readonly<Record<ContinuousSignalType, readonly [number, number]>> = {
  MOMENTUM_BUY: [5, 30],
  MOMENTUM_SELL: [5, 30],
  REVERSION_BULLISH: [0, 1],
  REVERSION_BEARISH: [0, 1],
  STRONG_BUY: [0, 1],
  STRONG_SELL: [0, 1],
  WEAK_BUY: [0.5, 5],
  WEAK_SELL: [0.5, 5],
  NEUTRAL: [50, 80],
};

function readSeries(fileName: string): CandleSeries {
  const parser = new CandleCsvParser(fileName);
  parser.push(gunzipSync(readFileSync(join(DIRECTORY, fileName))).toString());
  return createSeries(fileName.replace('USDT.csv.gz', '/USDT'), '15m', parser.finish());
}

function sampleSignals(series: CandleSeries): SymbolSignal[] {
  const config = continuousConfigSchema.parse({});
  const signals: SymbolSignal[] = [];
  for (let end = WINDOW; end <= series.length; end += SAMPLE_EVERY) {
    signals.push(computeSymbolSignal(sliceSeries(series, end - WINDOW, end), { style: 'scalp', config }));
  }
  return signals;
}

describe('continuous signals over recorded Binance candles', () => {
  let signals: readonly SymbolSignal[] = [];

  before(function () {
    if (!existsSync(DIRECTORY)) {
      console.log('skipped: no recorded data');
      this.skip();
    }
    signals = readdirSync(DIRECTORY).map(readSeries).flatMap(sampleSignals);
  });

  const shareOf = (test: (signal: SymbolSignal) => boolean) =>
    (100 * signals.filter(test).length) / signals.length;

  it('have every type in a sane share', () => {
    assert.ok(signals.length > 4_000);
    for (const type of CONTINUOUS_SIGNAL_TYPES) {
      const [least, most] = SHARES[type];
      const share = shareOf(({ signal_type }) => signal_type === type);
      assert.ok(share >= least && share <= most, `${type}: ${share} %`);
    }
    assert.ok(shareOf(({ signal_type }) => signal_type.startsWith('REVERSION')) > 0, 'reversions occur');
  });

  it('are strong, moderate and weak, none of them nearly always or never', () => {
    for (const strength of ['strong', 'moderate', 'weak'] as const) {
      const share = shareOf(({ momentum }) => momentum.strength_classification === strength);
      assert.ok(share > 10 && share < 70, `${strength}: ${share} %`);
    }
  });

  it('spread their momentum over all of 0–100: each tenth has its share', () => {
    for (let low = 0; low < 100; low += 10) {
      const share = shareOf(({ momentum: { momentum_score: score } }) => score >= low && score <= low + 10);
      assert.ok(share > 3 && share < 30, `${low}–${low + 10}: ${share} %`);
    }
  });
});
