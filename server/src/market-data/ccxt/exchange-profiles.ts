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
  /** Request budget for public candles, with headroom under the exchange's published limit per address. */
  readonly maxRequestsPerSecond: number;
}

const SPOT_ONLY = { types: ['spot'] } as const;

/** ccxt exchange id → profile. These are the exchanges the product knows how to scan. */
const PROFILES: ReadonlyMap<string, ExchangeProfile> = new Map<string, ExchangeProfile>([
  [
    'binance', // 6,000 weight a minute, candles weigh 2
    {
      plainSymbols: 'spot',
      fetchMarkets: SPOT_ONLY,
      caps: { newest: 1_000, since: 1_000 },
      maxRequestsPerSecond: 45,
    },
  ],
  [
    'bybit', // 600 requests in 5 s
    {
      plainSymbols: 'spot',
      fetchMarkets: SPOT_ONLY,
      caps: { newest: 1_000, since: 1_000 },
      maxRequestsPerSecond: 60,
    },
  ],
  [
    'okx', // 40 candle requests in 2 s
    {
      plainSymbols: 'spot',
      fetchMarkets: { types: ['spot', 'swap'] },
      caps: { newest: 300, since: 300 },
      maxRequestsPerSecond: 15,
    },
  ],
  [
    'kucoin', // 4,000 points in 30 s, candles cost 3
    {
      plainSymbols: 'spot',
      fetchMarkets: { ...SPOT_ONLY, fetchTickersFees: false },
      caps: { newest: 1_500, since: 1_500 },
      maxRequestsPerSecond: 30,
    },
  ],
  [
    'kucoinfutures', // 2,000 points in 30 s, candles cost 3
    {
      plainSymbols: 'swap',
      fetchMarkets: { types: ['swap'], fetchTickersFees: false },
      caps: { newest: 200, since: 200 },
      maxRequestsPerSecond: 15,
    },
  ],
  [
    'phemex', // 5,000 requests in 5 minutes; spot and contracts come in one answer
    {
      plainSymbols: 'spot',
      fetchMarkets: {},
      caps: { newest: 1_000, since: 1_000, steps: [5, 10, 50, 100, 500, 1_000] },
      maxRequestsPerSecond: 8,
    },
  ],
  [
    'bitget', // 20 candle requests a second
    {
      plainSymbols: 'spot',
      fetchMarkets: SPOT_ONLY,
      caps: { newest: 1_000, since: 200, newestByTimeframe: { '1d': 300, '1w': 100 } },
      maxRequestsPerSecond: 15,
    },
  ],
]);

/** ccxt ids of the exchanges with a profile. */
export const LIVE_EXCHANGE_IDS: readonly string[] = [...PROFILES.keys()];

/** The profile of an exchange; `null` when the product does not know it. */
export function exchangeProfile(exchangeId: string): ExchangeProfile | null {
  return PROFILES.get(exchangeId) ?? null;
}
