import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import {
  type CandleSeries,
  type MarketScanInput,
  type MarketScanResult,
  marketScanRequestSchema,
  type SweepInput,
  type SweepResult,
  sweepRequestSchema,
} from '@fast-scanner/shared';
import { Gate } from '../../../support/gate.ts';
import { completeMarketLog, marketEndOf } from '../../../support/market-scan-log.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { createWorld, type ScannerWorld, type ScannerWorldOptions } from '../../../support/scanner-world.ts';
import { sharedBacktester } from '../../../support/shared-backtester.ts';

const NEWEST = Date.UTC(2026, 0, 6);
const DAY_MS = 86_400_000;

/** Twelve stocks of five sectors. GE begins a hundred days after the others, and KO ends twenty before. */
export const STOCKS: readonly string[] = [
  ...['AAPL', 'MSFT', 'NVDA', 'JNJ', 'PFE', 'XOM'],
  ...['CVX', 'JPM', 'BAC', 'KO', 'PG', 'GE'],
];

const CANDLES = 300;

/** Made-up daily candles of a stock, most of them up to January 6th of 2026. */
export function stockSeries(symbol: string, seed: number): CandleSeries {
  const count = symbol === 'GE' ? CANDLES - 100 : CANDLES;
  const newestOpenTime = symbol === 'KO' ? NEWEST - 20 * DAY_MS : NEWEST;
  return randomSeries({ symbol, timeframe: '1d', count, newestOpenTime, seed });
}

export const STOCK_SERIES: readonly CandleSeries[] = STOCKS.map((symbol, index) =>
  stockSeries(symbol, index + 1),
);

/** An engine over the twelve stocks, opened; `world.engine.close()` when done. */
export async function openMarketWorld(options: ScannerWorldOptions): Promise<ScannerWorld> {
  const world = await createWorld({ series: STOCK_SERIES, backtester: sharedBacktester(), ...options });
  await world.engine.open();
  return world;
}

/** A short SMA cross over all stocks of the source unless told otherwise; answers the job's id. */
export async function startScan(
  { marketScans }: Engine,
  request: Partial<MarketScanInput> = {},
): Promise<string> {
  const parameters = request.strategy === undefined ? { fast: 3, slow: 8 } : {};
  const parsed = marketScanRequestSchema.parse({ strategy: 'sma_cross', parameters, ...request });
  return (await marketScans.start(parsed)).job_id;
}

export async function startSweep(
  { marketScans }: Engine,
  request: Partial<SweepInput> = {},
): Promise<string> {
  const parameters = { fast: [3, 5], slow: [8, 13] };
  const parsed = sweepRequestSchema.parse({ strategy: 'sma_cross', parameters, ...request });
  return (await marketScans.startSweep(parsed)).job_id;
}

/** Waits for a scan's end and answers its result, which its log and the service tell alike. */
export async function resultOf(engine: Engine, jobId: string): Promise<MarketScanResult> {
  const { type: _, seq: __, ...told } = marketEndOf(await completeMarketLog(engine, jobId), 'complete');
  const { success: ___, ...answered } = await engine.marketScans.result(jobId);
  assert.deepEqual(answered, told);
  const { total_stocks, successful, failed, stock_results, failures } = told;
  assert.deepEqual([stock_results.length, failures.length], [successful, failed]);
  assert.equal(successful + failed, total_stocks);
  return told;
}

export async function scanToEnd(
  engine: Engine,
  request: Partial<MarketScanInput> = {},
): Promise<MarketScanResult> {
  return resultOf(engine, await startScan(engine, request));
}

export async function sweepToEnd(engine: Engine, request: Partial<SweepInput> = {}): Promise<SweepResult> {
  const jobId = await startSweep(engine, request);
  const { type: _, seq: __, ...told } = marketEndOf(await completeMarketLog(engine, jobId), 'sweepComplete');
  const { success: ___, ...answered } = await engine.marketScans.sweepResult(jobId);
  assert.deepEqual(answered, told);
  return told;
}

/** What a result says beside who, when and how long. */
export function timeless<Result extends object>(result: Result): object {
  const { seq: _, job_id: __, timestamp: ___, total_time: ____, ...rest } = result as Record<string, unknown>;
  return rest;
}

/** Lets the histories of these stocks wait until the gate is opened, or their job is stopped. */
export function holdBack(world: ScannerWorld, matches: (symbol: string) => boolean): Gate {
  const gate = new Gate();
  world.source.script = async (rows, { request: { symbol }, signal }) => {
    if (matches(symbol)) await gate.pass(signal);
    return rows;
  };
  return gate;
}
