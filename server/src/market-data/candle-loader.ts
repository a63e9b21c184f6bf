import {
  type CandleColumns,
  type Clock,
  candleOpenTime,
  lastClosedOpenTime,
  ScannerError,
  sleep,
  sliceColumns,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { isSameCandle, rowAt } from './candle-row.ts';
import { type CleanCandles, cleanCandles } from './clean-candles.ts';
import { type HeldCandles, holdCandles, isWorn, newestOpenTime } from './held-candles.ts';
import type { CandleRequest, MarketDataSource } from './market-data-source.ts';
import { joinColumns } from './shared-columns.ts';

/** Waits before each further try when the newest closed candle is missing: live exchanges publish it up to a few seconds late. */
const STALE_RETRY_WAITS_MS: readonly number[] = [250, 500, 1_000, 2_000];

/**
 * For so long after a close a live exchange may still answer what it knew before: its last row then looks closed by time but is
 * not complete. Shorter than the retries last, so that an exchange that never sends open candles is waited for, not called stale.
 */
const SETTLING_MS = 3_000;

/** Rows that open this far ahead of the source's clock are clock skew, not broken. */
const CLOCK_SKEW_MS = 2_000;

/** An exchange is this many candles behind only when the symbol has stopped trading. */
const DELISTED_AFTER_CANDLES = 3;

/** A top-up asks for what is missing, the candle both sides know, the open one, and one that may open meanwhile. */
const TOP_UP_EXTRA = 3;

export interface LoadRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** How many closed candles to hold. */
  readonly target: number;
  /** What the cache has, to be topped up; `null` when nothing. */
  readonly held: HeldCandles | null;
}

/** Gets clean, complete candles from a source with as little asking as possible. Knows no cache. */
export class CandleLoader {
  readonly #source: MarketDataSource;
  readonly #clock: Clock;
  /** Recorded and simulated markets are complete at any moment: nothing comes late. */
  readonly #isLive: boolean;

  constructor(source: MarketDataSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    this.#isLive = source.dataSource.kind === 'live';
  }

  /**
   * Candles up to the newest that is closed now. Asks a live source again after short waits while it does not have that one yet.
   *
   * @throws ScannerError `no_data`, `bad_data`, `stale_data`, `delisted` and those of the source
   */
  async load(request: LoadRequest, signal: AbortSignal): Promise<HeldCandles> {
    let { held } = request;
    for (const waitMs of [0, ...(this.#isLive ? STALE_RETRY_WAITS_MS : [])]) {
      if (waitMs > 0) await sleep(this.#clock, waitMs, signal);
      const expected = lastClosedOpenTime(this.#source.now(), request.timeframe);
      held = await this.#fetch({ ...request, held }, signal);
      const behind = (expected - newestOpenTime(held)) / timeframeMs(request.timeframe);
      if (behind <= 0) return held;
      if (behind >= DELISTED_AFTER_CANDLES) await this.#assertTrading(request.symbol, signal);
    }
    throw new ScannerError(
      'stale_data',
      `The newest closed ${request.timeframe} candle of ${request.symbol} is missing`,
    );
  }

  async #fetch(request: LoadRequest, signal: AbortSignal): Promise<HeldCandles> {
    return (await this.#topUp(request, signal)) ?? this.#fetchAll(request, signal);
  }

  async #fetchAll({ symbol, timeframe, target }: LoadRequest, signal: AbortSignal): Promise<HeldCandles> {
    // The time before the call decides what is closed: a candle that closes while the answer travels may be incomplete in it.
    const fetchedAt = this.#source.now();
    const columns = await this.#source.fetchCandles({ symbol, timeframe, limit: target + 1 }, { signal });
    const clean = this.#clean(columns, timeframe, fetchedAt);
    if (clean.closed.openTime.length === 0) {
      await this.#assertTrading(symbol, signal);
      throw new ScannerError('no_data', `There are no closed ${timeframe} candles of ${symbol}`);
    }
    return holdCandles(clean, { symbol, timeframe, target, fetchedAt });
  }

  /** Fetches only what is new and appends it; `null` when that is not possible and everything must be fetched. */
  async #topUp(request: LoadRequest, signal: AbortSignal): Promise<HeldCandles | null> {
    const { symbol, timeframe, target, held } = request;
    const fetchedAt = this.#source.now();
    const topUp = held && planTopUp(request, held, fetchedAt);
    if (!topUp) return null;
    const columns = await this.#source.fetchCandles(topUp, { signal });
    const joined = append(held, columns);
    if (!joined) return null;
    const clean = this.#clean(joined, timeframe, fetchedAt);
    const flaws = {
      rejectedTimes: [...held.rejectedTimes, ...clean.rejectedTimes],
      filledTimes: [...held.filledTimes, ...clean.filledTimes],
    };
    const toppedUp = holdCandles({ ...clean, ...flaws }, { symbol, timeframe, target, fetchedAt });
    return isWorn(toppedUp) ? null : toppedUp;
  }

  #clean(columns: CandleColumns, timeframe: Timeframe, fetchedAt: number): CleanCandles {
    const isUnsettled = this.#isLive && !hasSettled(columns, timeframe, fetchedAt);
    // Just before the close nothing of what closed then is closed yet.
    const nowMs = isUnsettled ? candleOpenTime(fetchedAt, timeframe) - 1 : fetchedAt;
    return cleanCandles(columns, { timeframe, nowMs, latestMs: this.#source.now() + CLOCK_SKEW_MS });
  }

  async #assertTrading(symbol: string, signal: AbortSignal): Promise<void> {
    const markets = await this.#source.listMarkets({ signal });
    const market = markets.find((candidate) => candidate.symbol === symbol);
    if (!market?.active) throw new ScannerError('delisted', `${symbol} no longer trades`);
  }
}

/** Whether the newest closed candle of an answer is surely complete: some time has passed, or the next one is there. */
function hasSettled(columns: CandleColumns, timeframe: Timeframe, fetchedAt: number): boolean {
  const opened = candleOpenTime(fetchedAt, timeframe);
  return fetchedAt - opened >= SETTLING_MS || columns.openTime.includes(opened);
}

/** The request that tops up what is held; `null` when the clock went back or fetching everything costs no more. */
function planTopUp(request: LoadRequest, held: HeldCandles, nowMs: number): CandleRequest | null {
  const { symbol, timeframe, target } = request;
  const since = newestOpenTime(held);
  const missing = (lastClosedOpenTime(nowMs, timeframe) - since) / timeframeMs(timeframe);
  const limit = missing + TOP_UP_EXTRA;
  const useful = target <= held.target && missing >= 0 && limit <= target;
  return useful ? { symbol, timeframe, since, limit } : null;
}

/** Held candles followed by fetched rows, in new memory; `null` unless both say the same of the newest candle held. */
function append(held: HeldCandles, fetched: CandleColumns): CandleColumns | null {
  const kept = held.series.length - 1;
  const overlap = fetched.openTime.lastIndexOf(newestOpenTime(held));
  if (overlap < 0 || !isSameCandle(rowAt(held.series, kept), rowAt(fetched, overlap))) return null;
  return joinColumns(sliceColumns(held.series, 0, kept), fetched);
}
