import {
  type CandleColumns,
  type Clock,
  candleOpenTime,
  lastClosedOpenTime,
  ScannerError,
  sleep,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { type CleanCandles, cleanCandles } from './clean-candles.ts';
import { type HeldCandles, holdCandles, isWorn, newestOpenTime } from './held-candles.ts';
import type { CandleRequest, MarketDataSource } from './market-data-source.ts';
import { appendTopUp, planTopUp } from './top-up.ts';

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

export interface LoadRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** How many closed candles to hold. */
  readonly target: number;
  /** What the cache has, to be topped up; `null` when nothing. */
  readonly held: HeldCandles | null;
}

interface Answer {
  readonly columns: CandleColumns;
  readonly fetchedAt: number;
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
      held = await this.#fetch({ ...request, held }, signal);
      const expected = lastClosedOpenTime(held.fetchedAt, request.timeframe);
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
    const limit = target + 1;
    let answer = await this.#ask({ symbol, timeframe, limit }, signal);
    let clean = this.#clean(answer, timeframe);
    const lost = target - clean.closed.openTime.length;
    if (lost > 0 && answer.columns.openTime.length >= limit) {
      // Repeated or broken rows took the place of older candles: a larger request makes up for them.
      answer = await this.#ask({ symbol, timeframe, limit: limit + 2 * lost }, signal);
      clean = this.#clean(answer, timeframe);
    }
    if (clean.closed.openTime.length === 0) {
      await this.#assertTrading(symbol, signal);
      throw new ScannerError('no_data', `There are no closed ${timeframe} candles of ${symbol}`);
    }
    return holdCandles(clean, { symbol, timeframe, target, fetchedAt: answer.fetchedAt });
  }

  /** Fetches only what is new and appends it; `null` when that is not possible and everything must be fetched. */
  async #topUp(request: LoadRequest, signal: AbortSignal): Promise<HeldCandles | null> {
    const { symbol, timeframe, target, held } = request;
    const topUp = held && planTopUp(held, { target, nowMs: this.#source.now() });
    if (!topUp) return null;
    const { columns, fetchedAt } = await this.#ask(topUp, signal);
    const joined = appendTopUp(held, columns);
    if (!joined) return null;
    const clean = this.#clean({ columns: joined, fetchedAt }, timeframe);
    const flaws = {
      rejectedTimes: [...held.rejectedTimes, ...clean.rejectedTimes],
      filledTimes: [...held.filledTimes, ...clean.filledTimes],
    };
    const toppedUp = holdCandles({ ...clean, ...flaws }, { symbol, timeframe, target, fetchedAt });
    return isWorn(toppedUp) ? null : toppedUp;
  }

  /**
   * The answer with the moment it stands for: when the call began, since what closes while the answer travels may be incomplete in it.
   * A live source may set its clock during the call (the first one, or after a jump), so that moment is told by its clock afterwards.
   */
  async #ask(request: CandleRequest, signal: AbortSignal): Promise<Answer> {
    const startedAt = this.#clock.monotonic();
    const before = this.#source.now();
    const columns = await this.#source.fetchCandles(request, { signal });
    const tookMs = this.#clock.monotonic() - startedAt;
    return { columns, fetchedAt: this.#isLive ? Math.floor(this.#source.now() - tookMs) : before };
  }

  #clean({ columns, fetchedAt }: Answer, timeframe: Timeframe): CleanCandles {
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
