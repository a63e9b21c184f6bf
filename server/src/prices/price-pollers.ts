import type { Dispose } from '@fast-scanner/shared';
import type { MarketFeed } from '../market-data/market-feed.ts';
import { PricePoller, type PricePollerOptions } from './price-poller.ts';
import { PriceWatcher, type PriceWatcherOptions } from './price-watcher.ts';

/** One poller per exchange. It rests while nobody watches. */
export class PricePollers {
  readonly #options: Omit<PricePollerOptions, 'feed'>;
  readonly #pollers = new Map<MarketFeed, PricePoller>();

  constructor(options: Omit<PricePollerOptions, 'feed'>) {
    this.#options = options;
  }

  watch(feed: MarketFeed, watch: Omit<PriceWatcherOptions, 'clock'>): Dispose {
    return this.#pollerOf(feed).watch(new PriceWatcher({ ...watch, clock: this.#options.clock }));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pollers.values()].map((poller) => poller.close()));
  }

  #pollerOf(feed: MarketFeed): PricePoller {
    const known = this.#pollers.get(feed);
    if (known) return known;
    const poller = new PricePoller({ ...this.#options, feed });
    this.#pollers.set(feed, poller);
    return poller;
  }
}
