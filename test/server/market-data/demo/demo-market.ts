import { createDemoMarketData } from '@fast-scanner/server/market-data/demo/demo-market-data.ts';
import type { MarketDataSource } from '@fast-scanner/server/market-data/market-data-source.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

export const MINUTE = 60_000;
export const DAY = 1_440 * MINUTE;

/** The demo market as it stands at a moment, made anew so that nothing is cached. */
export function demoAt(nowMs: number, seed = 1): MarketDataSource {
  return createDemoMarketData({ seed, latencyMs: 0, clock: new FakeClock(nowMs) });
}

/** Log returns of successive closes. */
export function logReturns(closes: Float64Array): readonly number[] {
  return Array.from(closes.subarray(1), (close, index) => Math.log(close / (closes[index] ?? close)));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function correlation(left: readonly number[], right: readonly number[]): number {
  const [leftMean, rightMean] = [mean(left), mean(right)];
  const covariance = mean(left.map((value, index) => (value - leftMean) * ((right[index] ?? 0) - rightMean)));
  const deviation = (values: readonly number[], center: number) =>
    Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
  return covariance / (deviation(left, leftMean) * deviation(right, rightMean));
}
