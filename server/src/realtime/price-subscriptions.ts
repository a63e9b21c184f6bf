import {
  type Dispose,
  type PricesEvent,
  ScannerError,
  type Subscription as SubscriptionAnswer,
} from '@fast-scanner/shared';
import type { Metrics } from '../ops/metrics.ts';
import type { MarketService } from '../prices/market-service.ts';
import type { ClientLine } from './client-line.ts';
import type { Reply } from './socket-session.ts';
import type { RealtimeSocket } from './typed-socket.ts';

export interface PriceSubscriptionsOptions {
  readonly market: MarketService;
  readonly metrics: Metrics;
  readonly line: ClientLine;
  /** @throws ScannerError when the client follows as much as it may */
  readonly assertOneMore: () => void;
}

/** Prices are no stream: there is nothing to resume. */
const ANSWER: SubscriptionAnswer = { firstSeq: 1, lastSeq: 0, snapshot: null, terminal: false };

/** The prices one client follows, one list of symbols per exchange. Requests take effect in the order they came. */
export class PriceSubscriptions {
  readonly #socket: RealtimeSocket;
  readonly #options: PriceSubscriptionsOptions;
  readonly #watches = new Map<string, Dispose>();
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(socket: RealtimeSocket, options: PriceSubscriptionsOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** How many exchanges' prices the client follows. */
  get size(): number {
    return this.#watches.size;
  }

  /** Follows these symbols instead of those followed before. */
  subscribe(exchange: string | undefined, symbols: readonly string[]): Promise<Reply<SubscriptionAnswer>> {
    return this.#inOrder(async () => {
      const { market, assertOneMore } = this.#options;
      const id = exchange ?? market.defaultExchange;
      this.#end(id);
      assertOneMore();
      const watch = await market.watch({ exchange: id, symbols, onPrices: (event) => this.#send(event) });
      if (this.#isClosed) {
        watch();
        throw new ScannerError('unavailable', 'the connection is closed');
      }
      this.#watches.set(id, watch);
      return { data: ANSWER };
    });
  }

  unsubscribe(exchange: string | undefined): Promise<Reply<Record<string, never>>> {
    return this.#inOrder(async () => {
      this.#end(exchange ?? this.#options.market.defaultExchange);
      return { data: {} };
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const exchange of [...this.#watches.keys()]) this.#end(exchange);
  }

  #end(exchange: string): void {
    this.#watches.get(exchange)?.();
    this.#watches.delete(exchange);
  }

  /** Nothing is put behind what a client has not read yet: it gets the newest prices once it has. */
  #send(event: PricesEvent): boolean {
    const { line, metrics } = this.#options;
    if (!line.isClear) return false;
    this.#socket.emit('prices', event);
    metrics.deliveries.inc({ window: 'socket' });
    return true;
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
