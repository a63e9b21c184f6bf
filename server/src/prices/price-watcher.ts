import { type Clock, type ErrorCode, type Price, type PricesEvent, toIsoTime } from '@fast-scanner/shared';
import type { MarketFeed } from '../market-data/market-feed.ts';
import type { PriceWatch } from './market-service.ts';
import type { Quote } from './price-quotes.ts';
import { Throttle } from './throttle.ts';

/** What is known of the watched symbols of an exchange. */
export interface PriceBoard {
  readonly feed: Pick<MarketFeed, 'dataSource' | 'now'>;
  readonly quotes: ReadonlyMap<string, Quote>;
  /** Why the newest call failed; `null` when it did not. */
  readonly failure: { readonly code: ErrorCode; readonly detail: string } | null;
}

export interface PriceWatcherOptions extends Pick<PriceWatch, 'onPrices'> {
  readonly symbols: ReadonlySet<string>;
  readonly clock: Clock;
}

/** A client hears no more often. */
const TELL_INTERVAL_MS = 1_000;

/** One watch: tells what its client has not been told, once a second at most. */
export class PriceWatcher {
  readonly symbols: ReadonlySet<string>;
  readonly #onPrices: PriceWatch['onPrices'];
  /** Price or error code that was told last, by symbol. */
  #told: ReadonlyMap<string, number | ErrorCode> = new Map();
  #toldFailure: ErrorCode | null = null;
  #board: PriceBoard | null = null;
  readonly #throttle: Throttle;

  constructor({ symbols, onPrices, clock }: PriceWatcherOptions) {
    this.symbols = symbols;
    this.#onPrices = onPrices;
    this.#throttle = new Throttle(
      clock,
      TELL_INTERVAL_MS,
      () => this.#board !== null && this.#tell(this.#board),
    );
  }

  /** Tells what has changed, if anything. What the client does not take now is told the next time. */
  tell(board: PriceBoard): void {
    this.#board = board;
    this.#throttle.request();
  }

  /** What it has not told by now it never will. */
  close(): void {
    this.#throttle.cancel();
  }

  /** Answers whether it told something. */
  #tell(board: PriceBoard): boolean {
    const news = [...this.symbols].flatMap((symbol) => {
      const quote = board.quotes.get(symbol);
      return quote && this.#told.get(symbol) !== toMark(quote) ? [quote] : [];
    });
    const failure = board.failure?.code ?? null;
    if (news.length === 0 && failure === this.#toldFailure) return false;
    if (!this.#onPrices(toEvent(news, board))) return false;
    this.#told = new Map([...this.#told, ...news.map((quote) => [quote.symbol, toMark(quote)] as const)]);
    this.#toldFailure = failure;
    return true;
  }
}

function toMark(quote: Quote): number | ErrorCode {
  return 'price' in quote ? quote.price : quote.code;
}

function toEvent(news: readonly Quote[], { feed, failure }: PriceBoard): PricesEvent {
  const nowMs = feed.now();
  const errors = news.filter((quote) => 'code' in quote);
  return {
    exchange: feed.dataSource.exchange,
    dataSource: feed.dataSource,
    prices: news.filter((quote) => 'price' in quote).map((price) => agedAt(price, nowMs)),
    errors: errors.length === 0 ? null : errors,
    error: failure,
    timestamp: toIsoTime(nowMs),
  };
}

function agedAt(price: Price, nowMs: number): Price {
  return { ...price, ageMs: Math.max(0, Math.round(nowMs - Date.parse(price.timestamp))) };
}
