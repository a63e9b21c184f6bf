import type { Dispose, PricesEvent, Timeframe } from '@fast-scanner/shared';

/** Where the price loop has its prices from: one stream or one bulk call per exchange, shared with everybody else who watches. */
export interface PriceSource {
  watch(watch: {
    readonly exchange: string;
    readonly symbols: readonly string[];
    readonly onPrices: (event: PricesEvent) => boolean;
  }): Promise<Dispose>;
}

/** Scans symbols as a whole, in phases, as a scan of its own. Resolves when phase 1 is done. */
export type FullScan = (scan: {
  readonly exchange: string;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
}) => Promise<void>;
