import {
  type Clock,
  MAX_SWEEP_VARIANTS,
  type MarketScanRequest,
  ScannerError,
  type SweepRequest,
} from '@fast-scanner/shared';
import { parseParameters } from '../../analysis/backtest/parse-parameters.ts';
import type { ParameterValues, Strategy } from '../../analysis/backtest/strategy.ts';
import { createJobRecord } from '../../jobs/create-job-record.ts';
import { fingerprintOf } from '../../jobs/fingerprint.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { JobOrder } from '../common/job-house.ts';
import {
  INITIAL_STATE,
  MARKET_SCAN_JOB,
  type MarketScanInput,
  type MarketScanJob,
  type MarketTask,
} from './market-scan-record.ts';
import type { StrategyBook } from './strategy-book.ts';
import { isCoin } from './test-plan.ts';

export interface MarketScanJobOptions {
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  readonly strategies: StrategyBook;
}

export type MarketRequest = MarketScanRequest | SweepRequest;

const DAY_MS = 86_400_000;

/** What makes two requests the same. */
export function fingerprintOfMarketScan(request: MarketRequest): string {
  return fingerprintOf([request]);
}

/** The job a request asks for. @throws ScannerError `not_found` (the strategy), `invalid_input`, `exchange_unknown` */
export async function createMarketScanJob(
  request: MarketRequest,
  { idempotencyKey: key, priority }: JobOrder,
  { feeds, clock, strategies }: MarketScanJobOptions,
): Promise<MarketScanJob> {
  assertOneUniverse(request);
  const strategy = strategies.find(request.strategy);
  const task = 'in_sample' in request ? toSweep(strategy, request) : toScan(strategy, request);
  const { dataSource } = await feeds.get(request.exchange ?? feeds.defaultExchange);
  const { direction, units = null, last_trade: lastTrade } = request.conventions;
  const { cash, commission: commissionRate, slippage: slippageRate } = request;
  const input: MarketScanInput = {
    task,
    strategy: strategy.id,
    interval: request.interval,
    exchange: dataSource.exchange,
    dataSource,
    from: startOf(request.start_date),
    to: endOf(request.end_date),
    universe: request.universe ?? null,
    tickers: request.tickers ? [...new Set(request.tickers)] : null,
    options: { cash, commissionRate, slippageRate, direction, lastTrade },
    units,
    priority,
    fingerprint: key === undefined ? null : fingerprintOfMarketScan(request),
  };
  const { exchange } = input;
  return createJobRecord({
    kind: MARKET_SCAN_JOB,
    exchange,
    input,
    state: INITIAL_STATE,
    createdAt: clock.now(),
    idempotencyKey: key ?? null,
  });
}

/** @throws ScannerError `invalid_input` for what says two things at once, or cannot be tested together */
function assertOneUniverse({ tickers = [], universe }: MarketRequest): void {
  if (universe !== undefined && tickers.length > 0) {
    throw invalidField('/universe', 'conflicting', 'name either a universe or tickers, not both');
  }
  const coins = tickers.filter(isCoin);
  if (coins.length > 0 && coins.length < tickers.length) {
    const detail =
      'stocks and coins trade on different days and cannot be tested together; start a scan for each';
    throw invalidField('/tickers', 'conflicting', detail);
  }
}

function invalidField(pointer: string, code: string, detail: string): ScannerError {
  return new ScannerError('invalid_input', `${pointer}: ${detail}`, { errors: [{ pointer, code, detail }] });
}

function toScan(strategy: Strategy, { parameters }: MarketScanRequest): MarketTask {
  return { kind: 'scan', parameters: parseParameters(strategy, parameters) };
}

/** @throws ScannerError `invalid_input` for too many variants, and for any variant the strategy refuses */
function toSweep(strategy: Strategy, { parameters, in_sample: inSample }: SweepRequest): MarketTask {
  const grid = combine(Object.entries(parameters));
  const variants = grid.map((values) => parseParameters(strategy, values));
  return { kind: 'sweep', variants, inSample };
}

type GridAxis = readonly [name: string, values: readonly number[]];

/** Every combination of one value per parameter. */
function combine(axes: readonly GridAxis[]): readonly ParameterValues[] {
  const count = axes.reduce((product, [, values]) => product * new Set(values).size, 1);
  if (count > MAX_SWEEP_VARIANTS) {
    const detail = `these values make ${count} variants; at most ${MAX_SWEEP_VARIANTS} are tried at once`;
    throw invalidField('/parameters', 'too_big', detail);
  }
  return axes.reduce<readonly ParameterValues[]>(
    (variants, [name, values]) =>
      variants.flatMap((variant) => [...new Set(values)].map((value) => ({ ...variant, [name]: value }))),
    [{}],
  );
}

function startOf(date: string | undefined): number | null {
  return date === undefined ? null : Date.parse(date);
}

/** The last day is part of the range. */
function endOf(date: string | undefined): number | null {
  return date === undefined ? null : Date.parse(date) + DAY_MS;
}
