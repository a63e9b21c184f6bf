import type { CandleRow } from '@fast-scanner/shared';
import { type CachedStock, StockCache } from './stock-cache.ts';
import type { YahooClient } from './yahoo-client.ts';

const DAY_MS = 86_400_000;

export interface DayRange {
  /** Epoch ms UTC; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

/** The days of stocks: from the disk while that says all there is to say, else from Yahoo. */
export class StockDays {
  readonly #client: YahooClient;
  readonly #cache: StockCache;
  readonly #now: () => number;

  constructor(client: YahooClient, cacheDir: string, now: () => number) {
    this.#client = client;
    this.#cache = new StockCache(cacheDir);
    this.#now = now;
  }

  /**
   * At least the days of the range, perhaps more on both sides, all of one answer of Yahoo's: its prices fit together.
   * @throws ScannerError those of `YahooClient.chart`
   */
  async read(symbol: string, range: DayRange, signal: AbortSignal): Promise<readonly CandleRow[]> {
    const cached = await this.#cache.read(symbol);
    const fetchedAt = this.#now();
    if (cached && covers(cached, range, fetchedAt)) return cached.rows;
    const from = Math.min(range.from, cached?.from ?? range.from);
    const { rows } = await this.#client.chart(symbol, from, signal);
    if (rows.length > 0) await this.#cache.write({ symbol, from, fetchedAt, rows });
    return rows;
  }
}

function covers({ from, fetchedAt }: CachedStock, range: DayRange, nowMs: number): boolean {
  return from <= range.from && fetchedAt >= Math.min(range.to, endOfNewestWeekday(nowMs));
}

/** When the newest weekday was over: no exchange has had a session since. */
function endOfNewestWeekday(nowMs: number): number {
  let end = Math.floor(nowMs / DAY_MS) * DAY_MS;
  while (isWeekend(end - DAY_MS)) end -= DAY_MS;
  return end;
}

function isWeekend(day: number): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday === 0 || weekday === 6;
}
