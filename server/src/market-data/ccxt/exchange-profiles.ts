import type { Timeframe } from '@fast-scanner/shared';

/** How many candles one call may ask for. */
export interface CandleCaps {
  /** Without a start time. */
  readonly newest: number;
  /** With a start time. */
  readonly since: number;
  /** Timeframes with a smaller `newest`. */
  readonly newestByTimeframe?: Readonly<Partial<Record<Timeframe, number>>>;
  /** The only counts the exchange accepts, ascending; others are rounded up. */
  readonly steps?: readonly number[];
}

/** What this adapter must know about an exchange beyond ccxt. */
export interface ExchangeProfile {
  /**
   * What a symbol without settlement currency means. `spot`: itself only. `swap`: the exchange lists only contracts,
   * so `BTC/USDT` is its linear swap `BTC/USDT:USDT`. Where both kinds are listed they are never taken for each other.
   */
  readonly plainSymbols: 'spot' | 'swap';
  /** ccxt's `options.fetchMarkets`: only what is scanned. */
  readonly fetchMarkets: object;
  readonly caps: CandleCaps;
  /**
   * How tickers are watched through ccxt.pro; `null`: they are polled. KuCoin's stream, of spot and futures, has no change over 24 h; Phemex
   * sends every market to everybody, of one kind only.
   */
  readonly tickerStream: TickerStreamProfile | null;
}

export interface TickerStreamProfile {
  /** How many symbols one subscription may name. */
  readonly symbolsPerCall: number;
  /** ccxt's `options` for it. */
  readonly options?: object;
}

const SPOT_ONLY = { types: ['spot'] } as const;

const PROFILES = {
  binance: {
    plainSymbols: 'spot',
    fetchMarkets: SPOT_ONLY,
    caps: { newest: 1_000, since: 1_000 },
    // ccxt would open a socket per subscription, up to 50; Binance takes 1,024 symbols on one.
    tickerStream: { symbolsPerCall: 200, options: { streamLimits: { spot: 1 } } },
  },
  bybit: {
    plainSymbols: 'spot',
    fetchMarkets: SPOT_ONLY,
    caps: { newest: 1_000, since: 1_000 },
    tickerStream: { symbolsPerCall: 10 },
  },
  okx: {
    plainSymbols: 'spot',
    fetchMarkets: { types: ['spot', 'swap'] },
    caps: { newest: 300, since: 300 },
    tickerStream: { symbolsPerCall: 200 },
  },
  kucoin: {
    plainSymbols: 'spot',
    fetchMarkets: { ...SPOT_ONLY, fetchTickersFees: false },
    caps: { newest: 1_500, since: 1_500 },
    tickerStream: null,
  },
  kucoinfutures: {
    plainSymbols: 'swap',
    fetchMarkets: { types: ['swap'], fetchTickersFees: false },
    caps: { newest: 200, since: 200 },
    tickerStream: null,
  },
  // Its one answer lists spot and contracts.
  phemex: {
    plainSymbols: 'spot',
    fetchMarkets: {},
    caps: { newest: 1_000, since: 1_000, steps: [5, 10, 50, 100, 500, 1_000] },
    tickerStream: null,
  },
  bitget: {
    plainSymbols: 'spot',
    fetchMarkets: SPOT_ONLY,
    caps: { newest: 1_000, since: 200, newestByTimeframe: { '1d': 300, '1w': 100 } },
    // A message may have 4,096 bytes.
    tickerStream: { symbolsPerCall: 50 },
  },
} as const satisfies Record<string, ExchangeProfile>;

const BY_ID: ReadonlyMap<string, ExchangeProfile> = new Map(Object.entries(PROFILES));

/** ccxt ids of the exchanges the product knows how to scan. */
export const LIVE_EXCHANGE_IDS: readonly string[] = [...BY_ID.keys()];

/** The profile of an exchange; `null` when the product does not know it. */
export function exchangeProfile(exchangeId: string): ExchangeProfile | null {
  return BY_ID.get(exchangeId) ?? null;
}
