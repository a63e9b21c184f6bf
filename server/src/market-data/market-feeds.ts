import { ScannerError } from '@fast-scanner/shared';
import type { MarketFeed, MarketFeeds } from './market-feed.ts';

export interface MarketFeedsOptions {
  /** The allow-list. */
  readonly exchangeIds: readonly string[];
  readonly defaultExchange: string;
  /** Opens the feed of an allowed exchange; called once at a time per exchange, again after a failure. */
  readonly open: (exchangeId: string) => Promise<MarketFeed>;
}

/** A registry of feeds, each opened when first asked for. */
export function createMarketFeeds(options: MarketFeedsOptions): MarketFeeds {
  return new FeedRegistry(options);
}

class FeedRegistry implements MarketFeeds {
  readonly exchangeIds: readonly string[];
  readonly defaultExchange: string;
  readonly #open: (exchangeId: string) => Promise<MarketFeed>;
  readonly #feeds = new Map<string, Promise<MarketFeed>>();
  #closing: Promise<void> | null = null;

  constructor({ exchangeIds, defaultExchange, open }: MarketFeedsOptions) {
    this.exchangeIds = exchangeIds;
    this.defaultExchange = defaultExchange;
    this.#open = open;
  }

  async get(exchangeId: string): Promise<MarketFeed> {
    if (this.#closing) throw new ScannerError('unavailable', 'The market feeds are closed');
    if (!this.exchangeIds.includes(exchangeId)) {
      const allowed = this.exchangeIds.join(', ');
      const detail = `"${exchangeId}" is not one of the exchanges: ${allowed} (set by EXCHANGES)`;
      throw new ScannerError('exchange_unknown', detail);
    }
    return this.#feeds.get(exchangeId) ?? this.#openFeed(exchangeId);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #openFeed(exchangeId: string): Promise<MarketFeed> {
    const opening = this.#open(exchangeId);
    this.#feeds.set(exchangeId, opening);
    opening.catch(() => this.#feeds.delete(exchangeId));
    return opening;
  }

  /** A feed that is still opening is waited for, so that none is left open. */
  async #close(): Promise<void> {
    const opened = await Promise.allSettled(this.#feeds.values());
    const feeds = opened.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    await Promise.all(feeds.map((feed) => feed.close()));
  }
}
