import type { Price, PriceError, PricesEvent } from '@fast-scanner/shared';
import { backoffMs } from './backoff.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import { onPageVisibility } from './page-visibility.ts';
import { readPrices } from './read-prices.ts';
import { ScannerApiError } from './scanner-api-error.ts';

/** What has changed for a watcher. */
export interface PriceUpdate extends Pick<PricesEvent, 'exchange' | 'prices' | 'errors' | 'error'> {}

export type PriceListener = (update: PriceUpdate) => void;

export interface PriceWatcher {
  readonly symbols: ReadonlySet<string>;
  readonly listener: PriceListener;
}

export interface PriceFeedOptions {
  readonly exchange: string;
  readonly http: HttpTransport;
  readonly connection: Connection;
}

type Quote = Price | PriceError;
type Failure = PricesEvent['error'];

const POLL_INTERVAL_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;

/** The prices of one exchange for all watchers of a client: over the socket while that is open, else by polling. */
export class PriceFeed implements ConnectionUser {
  /** It follows no stream. */
  readonly key = null;
  readonly #options: PriceFeedOptions;
  readonly #watchers = new Set<PriceWatcher>();
  readonly #quotes = new Map<string, Quote>();
  #failure: Failure = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends whatever the feed runs on; `null` while it rests. */
  #running: AbortController | null = null;
  #isOpen = false;
  #isChanging = false;
  #stopLooking: () => void = () => undefined;

  constructor(options: PriceFeedOptions) {
    this.#options = options;
  }

  watch(watcher: PriceWatcher): () => void {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) {
      this.#stopLooking = onPageVisibility((isVisible) => (isVisible ? this.#begin() : this.#rest()));
    } else {
      queueMicrotask(() => this.#tell(watcher, [...this.#quotes.values()], this.#failure));
      this.#onSymbolsChange();
    }
    return () => this.#leave(watcher);
  }

  onOpen(): void {
    this.#isOpen = true;
    clearTimeout(this.#timer);
    void this.#subscribe(0);
  }

  onEvent(name: string, payload: unknown): void {
    if (name !== 'prices') return;
    const { exchange, prices, errors, error } = payload as PricesEvent; // by the server's contract
    if (exchange === this.#options.exchange) this.#take([...prices, ...(errors ?? [])], error);
  }

  onGone(error: Error): void {
    this.#rest();
    const code = error instanceof ScannerApiError ? error.code : 'unavailable';
    this.#take([], { code, detail: error.message });
  }

  #leave(watcher: PriceWatcher): void {
    if (!this.#watchers.delete(watcher)) return;
    if (this.#watchers.size > 0) this.#onSymbolsChange();
    else this.#end();
  }

  #end(): void {
    this.#stopLooking();
    this.#rest();
    this.#quotes.clear();
    this.#failure = null;
  }

  #begin(): void {
    if (this.#running) return;
    const { connection } = this.#options;
    this.#running = new AbortController();
    const stop = connection.onStateChange((state) => {
      if (state !== 'offline') return;
      if (this.#isOpen || this.#timer === undefined) this.#pollIn(POLL_INTERVAL_MS, 0);
      this.#isOpen = false;
    });
    this.#running.signal.addEventListener('abort', stop);
    connection.join(this);
  }

  #rest(): void {
    if (!this.#running) return;
    const { connection, exchange } = this.#options;
    this.#running.abort(new Error('nobody watches'));
    this.#running = null;
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    connection.unsubscribePrices(exchange);
    connection.leave(this);
  }

  get #symbols(): string[] {
    return [...new Set([...this.#watchers].flatMap(({ symbols }) => [...symbols]))];
  }

  /** Watchers that come and go together change the subscription once. */
  #onSymbolsChange(): void {
    if (this.#isChanging) return;
    this.#isChanging = true;
    queueMicrotask(() => {
      this.#isChanging = false;
      const wanted = new Set(this.#symbols);
      for (const symbol of this.#quotes.keys()) if (!wanted.has(symbol)) this.#quotes.delete(symbol);
      if (this.#running && this.#isOpen && wanted.size > 0) void this.#subscribe(0);
    });
  }

  async #subscribe(attempt: number): Promise<void> {
    const { connection, exchange } = this.#options;
    const running = this.#running;
    try {
      await connection.subscribe({ topic: 'prices', exchange, symbols: this.#symbols });
    } catch (error) {
      if (running !== this.#running || !(error instanceof ScannerApiError)) return; // without an answer the connection is lost
      this.#take([], { code: error.code, detail: error.message });
      if (error.code === 'exchange_unknown' || error.code === 'invalid_input') return;
      clearTimeout(this.#timer);
      const delayMs = error.retryAfterMs ?? backoffMs(attempt, POLL_INTERVAL_MS, LONGEST_PAUSE_MS);
      this.#timer = setTimeout(() => this.#isOpen && void this.#subscribe(attempt + 1), delayMs);
    }
  }

  #pollIn(delayMs: number, attempt: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#poll(attempt), delayMs);
  }

  async #poll(attempt: number): Promise<void> {
    const { http, exchange } = this.#options;
    const running = this.#running;
    if (!running) return;
    let failures = 0;
    try {
      const prices = await readPrices(http, this.#symbols, { exchange, signal: running.signal });
      if (running === this.#running && !this.#isOpen) this.#take([...prices.values()], null);
    } catch (error) {
      failures = attempt + 1;
      const isAnswer = running === this.#running && error instanceof ScannerApiError;
      if (isAnswer) this.#take([], { code: error.code, detail: error.message });
    }
    if (running !== this.#running || this.#isOpen) return;
    this.#pollIn(
      failures === 0 ? POLL_INTERVAL_MS : backoffMs(failures, POLL_INTERVAL_MS, LONGEST_PAUSE_MS),
      failures,
    );
  }

  /** Keeps what is new and tells it to those whom it concerns. */
  #take(quotes: readonly Quote[], failure: Failure): void {
    const news = quotes.filter((quote) => markOf(this.#quotes.get(quote.symbol)) !== markOf(quote));
    for (const quote of quotes) this.#quotes.set(quote.symbol, quote);
    const isOtherFailure = failure?.code !== this.#failure?.code;
    this.#failure = failure;
    for (const watcher of [...this.#watchers]) this.#tell(watcher, news, failure, isOtherFailure);
  }

  #tell(
    watcher: PriceWatcher,
    quotes: readonly Quote[],
    error: Failure,
    isOtherFailure = error !== null,
  ): void {
    if (!this.#watchers.has(watcher)) return;
    const own = quotes.filter(({ symbol }) => watcher.symbols.has(symbol));
    if (own.length === 0 && !isOtherFailure) return;
    const errors = own.filter((quote) => 'code' in quote);
    const prices = own.filter((quote) => 'price' in quote);
    watcher.listener({
      exchange: this.#options.exchange,
      prices,
      errors: errors.length === 0 ? null : errors,
      error,
    });
  }
}

function markOf(quote: Quote | undefined): number | string | undefined {
  return quote && ('price' in quote ? quote.price : quote.code);
}
