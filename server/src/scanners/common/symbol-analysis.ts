import {
  type CandleSeries,
  type DeepAnalysis,
  type ErrorCode,
  type QuickSignal,
  ScannerError,
  type SymbolFailure,
  sliceSeries,
  type Timeframe,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import type { TimeframeInput } from '../../analysis/deep-analysis.ts';
import { computeQuickAnalysis } from '../../analysis/quick-analysis.ts';
import type { Ticker } from '../../market-data/market-data-source.ts';
import type { CandleWindow, MarketFeed } from '../../market-data/market-feed.ts';
import type { Analyst } from './analyst.ts';
import type { CandleKeeper } from './candle-keeper.ts';
import { findMarket } from './find-market.ts';
import { type ModelSource, modelAt } from './model-source.ts';
import { deepProvenance, quickProvenance } from './signal-provenance.ts';

/** Closed candles read in phase 1: enough for every scored indicator to converge, and one request on every exchange. */
export const QUICK_CANDLES = 300;
/** Closed candles of the scan's own timeframe in phase 2: the volatility percentile wants a longer memory. The others only vote. */
export const DEEP_CANDLES = 500;

/** A cached open candle older than this is no price any more. */
const PRICE_MAX_AGE_MS = 5000;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface SymbolTask {
  readonly scanId: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly feed: MarketFeed;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly signal: AbortSignal;
  /** All symbols of the scan: their tickers are asked for in one call. */
  readonly universe: readonly string[];
  /** Wall clock of the answer, epoch ms. */
  readonly now: number;
}

/** Phase 1 of one symbol: the quick signal of its newest closed candle, at the price of this moment. @throws ScannerError */
export async function analyzeQuickly(task: SymbolTask): Promise<QuickSignal> {
  const { feed, symbol, timeframe, signal } = task;
  const window = await feed.candles({ symbol, timeframe, count: QUICK_CANDLES }, { signal });
  const quick = computeQuickAnalysis(window.series);
  task.keeper.keep(feed.dataSource.exchange, window.series);
  return {
    symbol,
    exchange: feed.dataSource.exchange,
    dataSource: feed.dataSource,
    ...(await readPrice(task, window)),
    ...quick,
    timeframe,
    provenance: quickProvenance(feed.dataSource, window.series, quick),
    status: 'quick_scan',
    scanId: task.scanId,
    timestamp: toIsoTime(task.now),
  };
}

export interface DeepTask extends SymbolTask {
  readonly analyst: Analyst;
  readonly models: ModelSource;
  /** Candles that closed after this exchange time are not read, so that both phases speak of the same moment. */
  readonly asOf: number;
  /** Every timeframe to read, shortest first, the task's own among them. */
  readonly timeframes: readonly Timeframe[];
  /** Smallest accepted risk/reward of a plan. Default: that of the analysis. */
  readonly minRiskReward?: number;
}

/** Phase 2 of one symbol. A timeframe without enough data is named as missing; the scan's own must be there. @throws ScannerError */
export async function analyzeDeeply(task: DeepTask): Promise<DeepAnalysis> {
  const timeframes: TimeframeInput[] = [];
  for (const timeframe of task.timeframes) timeframes.push(await readTimeframe(task, timeframe));
  const primary = timeframes.find((entry) => entry.timeframe === task.timeframe)?.series;
  if (!primary) throw new ScannerError('no_data', `no ${task.timeframe} candles of ${task.symbol}`);
  const market = findMarket(await task.feed.markets({ signal: task.signal }), task.symbol);
  const rules = task.minRiskReward === undefined ? {} : { minRiskReward: task.minRiskReward };
  const input = { primary, timeframes, tickSize: market?.tickSize ?? null, ...rules };
  const { dataSource } = task.feed;
  for (const { series } of timeframes) if (series) task.keeper.keep(dataSource.exchange, series);
  const answer = await task.models.find({ dataSource, timeframe: task.timeframe, symbol: task.symbol });
  const prediction = modelAt(task.feed.now(), answer);
  const result = await task.analyst.analyze({ ...input, prediction }, task.signal);
  const provenance = deepProvenance(dataSource, input, result);
  return { ...result, provenance, timestamp: toIsoTime(task.now) };
}

/** Failures that say "this timeframe is not to be had", as opposed to "the exchange is in trouble". */
const MISSING_TIMEFRAME: readonly ErrorCode[] = [
  'no_data',
  'insufficient_data',
  'bad_data',
  'stale_data',
  'not_supported',
];

async function readTimeframe(task: DeepTask, timeframe: Timeframe): Promise<TimeframeInput> {
  try {
    const count = timeframe === task.timeframe ? DEEP_CANDLES : QUICK_CANDLES;
    return { timeframe, series: await readWindow({ ...task, timeframe, count }), detail: null };
  } catch (error) {
    const missing = error instanceof ScannerError && MISSING_TIMEFRAME.includes(error.code);
    if (!missing || timeframe === task.timeframe) throw error;
    return { timeframe, series: null, detail: error.message };
  }
}

export interface WindowTask extends Pick<DeepTask, 'feed' | 'symbol' | 'timeframe' | 'signal' | 'asOf'> {
  readonly count: number;
}

/** The newest closed candles as they stood at `asOf`. @throws ScannerError */
export async function readWindow(task: WindowTask): Promise<CandleSeries> {
  const { feed, symbol, timeframe, count, signal, asOf } = task;
  const { series } = await feed.candles({ symbol, timeframe, count }, { signal });
  return cutAt(series, asOf);
}

/** The candles that were closed at `asOf`. */
function cutAt(series: CandleSeries, asOf: number): CandleSeries {
  const newestOpen = asOf - timeframeMs(series.timeframe);
  let end = series.length;
  while (end > 0 && (series.openTime[end - 1] ?? 0) > newestOpen) end -= 1;
  return end === series.length ? series : sliceSeries(series, 0, end);
}

/** Price and 24 h change from a just fetched open candle; from the ticker when that is older or too coarse to tell. */
async function readPrice(
  task: SymbolTask,
  window: CandleWindow,
): Promise<Pick<QuickSignal, 'price' | 'change24h'>> {
  const price = freshPrice(window, task.feed.now());
  if (price === null) {
    const ticker = await readTicker(task);
    return { price: ticker.last, change24h: ticker.change24hPct };
  }
  const change24h = changeOver24h(window, price);
  if (change24h !== null) return { price, change24h };
  const ticker = await readTicker(task).catch(() => null); // the price is known; only its change stays unknown
  task.signal.throwIfAborted();
  return { price, change24h: ticker?.change24hPct ?? null };
}

async function readTicker({ feed, symbol, universe, signal }: SymbolTask): Promise<Ticker> {
  const ticker = (await feed.tickers(universe, { signal })).get(symbol);
  if (!ticker) throw new ScannerError('no_data', `the exchange has no price of ${symbol}`);
  return ticker;
}

function freshPrice({ openCandle, fetchedAt }: CandleWindow, now: number): number | null {
  return openCandle && now - fetchedAt <= PRICE_MAX_AGE_MS ? openCandle[4] : null;
}

/** Percent against the close 24 h before the newest closed candle; `null` when candles are too coarse or do not reach back. */
function changeOver24h({ series }: CandleWindow, price: number): number | null {
  const duration = timeframeMs(series.timeframe);
  if (duration > HOUR_MS) return null;
  const then = series.close.at(-1 - DAY_MS / duration);
  return then === undefined ? null : (price / then - 1) * 100;
}

/** Now, but never so late that phase 2 would see a newer candle of the scan's timeframe than the signal did. */
export function lastMomentOf({ candleCloseTime, timeframe }: QuickSignal, now: number): number {
  return Math.min(now, Date.parse(candleCloseTime) + timeframeMs(timeframe) - 1);
}

/** What a thrown value means for one symbol. */
export function toSymbolFailure(symbol: string, error: unknown): SymbolFailure {
  if (error instanceof ScannerError) return { symbol, reason: error.code, detail: error.message };
  return { symbol, reason: 'internal', detail: 'an unexpected error; the log has the details' };
}
