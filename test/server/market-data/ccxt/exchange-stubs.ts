const HOUR_S = 3_600;
/** Fixed: answers must not depend on when a test runs. 2026-01-05 12:00 UTC. */
export const OPEN_TIME_S = Date.UTC(2026, 0, 5, 12) / 1_000;
const OPEN_TIME_MS = OPEN_TIME_S * 1_000;

/** An exchange's own way of saying the same: one spot market BTC/USDT or its swap, two candles, one ticker. */
export interface ExchangeStub {
  /** Answers by the end of the path; the query may decide. */
  readonly answers: Readonly<Record<string, (query: URLSearchParams) => unknown>>;
  /** Path and query that must have been asked for hourly candles of BTC/USDT. */
  readonly candles: RegExp;
  /** The symbol `BTC/USDT` means. */
  readonly market: string;
}

const texts = (openTime: number, close: number): string[] =>
  [openTime, 100, 120, 90, close, 7, 700, 700].map(String).concat('1');

const okxInstruments = {
  SPOT: [
    {
      instId: 'BTC-USDT',
      instType: 'SPOT',
      baseCcy: 'BTC',
      quoteCcy: 'USDT',
      tickSz: '0.1',
      lotSz: '0.00001',
      state: 'live',
    },
  ],
  SWAP: [
    {
      instId: 'BTC-USDT-SWAP',
      instType: 'SWAP',
      uly: 'BTC-USDT',
      settleCcy: 'USDT',
      ctVal: '0.01',
      tickSz: '0.1',
      lotSz: '1',
      state: 'live',
    },
    {
      instId: 'BTC-USD-SWAP',
      instType: 'SWAP',
      uly: 'BTC-USD',
      settleCcy: 'BTC',
      ctVal: '100',
      tickSz: '0.1',
      lotSz: '1',
      state: 'live',
    },
  ],
} as const;

const okxTicker = (instId: string, last: string) => ({
  instType: instId.endsWith('-SWAP') ? 'SWAP' : 'SPOT',
  instId,
  last,
  lastSz: '0.01',
  askPx: last,
  askSz: '0.4',
  bidPx: last,
  bidSz: '0.06',
  open24h: '100',
  high24h: '120',
  low24h: '90',
  volCcy24h: '700',
  vol24h: '7',
  ts: String(OPEN_TIME_MS),
  sodUtc0: '105',
  sodUtc8: '104',
});

export const OKX: ExchangeStub = {
  market: 'BTC/USDT',
  candles: /^\/api\/v5\/market\/candles\?instId=BTC-USDT&bar=1H&/,
  answers: {
    instruments: (query) => ({
      code: '0',
      data: query.get('instType') === 'SWAP' ? okxInstruments.SWAP : okxInstruments.SPOT,
    }),
    time: () => ({ code: '0', data: [{ ts: String(OPEN_TIME_MS + 60_000) }] }),
    candles: () => ({
      code: '0',
      data: [texts(OPEN_TIME_MS, 111), texts(OPEN_TIME_MS - HOUR_S * 1_000, 110)],
    }),
    tickers: (query) => ({
      code: '0',
      msg: '',
      data: [
        query.get('instType') === 'SWAP' ? okxTicker('BTC-USDT-SWAP', '112') : okxTicker('BTC-USDT', '111'),
      ],
    }),
  },
};

export const BYBIT: ExchangeStub = {
  market: 'BTC/USDT',
  candles: /^\/v5\/market\/kline\?symbol=BTCUSDT&limit=2&interval=60&category=spot$/,
  answers: {
    'instruments-info': () => ({
      retCode: 0,
      result: {
        category: 'spot',
        list: [
          {
            symbol: 'BTCUSDT',
            baseCoin: 'BTC',
            quoteCoin: 'USDT',
            status: 'Trading',
            lotSizeFilter: { basePrecision: '0.00001' },
            priceFilter: { tickSize: '0.1' },
          },
        ],
      },
    }),
    time: () => ({ retCode: 0, result: {}, time: OPEN_TIME_MS + 60_000 }),
    kline: () => ({
      retCode: 0,
      result: {
        category: 'spot',
        list: [texts(OPEN_TIME_MS, 111), texts(OPEN_TIME_MS - HOUR_S * 1_000, 110)],
      },
    }),
    tickers: () => ({
      retCode: 0,
      result: {
        category: 'spot',
        list: [{ symbol: 'BTCUSDT', lastPrice: '111', prevPrice24h: '100', price24hPcnt: '0.11' }],
      },
    }),
  },
};

export const KUCOIN: ExchangeStub = {
  market: 'BTC/USDT',
  candles: /^\/api\/v1\/market\/candles\?symbol=BTC-USDT&type=1hour&/,
  answers: {
    symbols: () => ({
      code: '200000',
      data: [{ symbol: 'BTC-USDT', baseIncrement: '0.00001', priceIncrement: '0.1', enableTrading: true }],
    }),
    timestamp: () => ({ code: '200000', data: OPEN_TIME_MS + 60_000 }),
    candles: () => ({
      code: '200000',
      data: [OPEN_TIME_S, OPEN_TIME_S - HOUR_S].map((openTime, index) =>
        [openTime, 100, 111 - index, 120, 90, 7, 700].map(String),
      ),
    }),
    allTickers: () => ({
      code: '200000',
      data: { time: OPEN_TIME_MS, ticker: [{ symbol: 'BTC-USDT', last: '111', changeRate: '0.11' }] },
    }),
  },
};

const kucoinContract = {
  symbol: 'XBTUSDTM',
  baseCurrency: 'XBT',
  quoteCurrency: 'USDT',
  settleCurrency: 'USDT',
  type: 'FFWCSX',
  status: 'Open',
  isInverse: false,
  multiplier: 0.001,
  tickSize: 0.1,
  lotSize: 1,
  lastTradePrice: 111,
  priceChg: 11,
  // ccxt tells a perpetual from a dated contract by it.
  nextFundingRateTime: 1,
};

export const KUCOIN_FUTURES: ExchangeStub = {
  market: 'BTC/USDT:USDT',
  candles: /^\/api\/v1\/kline\/query\?symbol=XBTUSDTM&granularity=60&/,
  answers: {
    active: () => ({ code: '200000', data: [kucoinContract] }),
    timestamp: () => ({ code: '200000', data: OPEN_TIME_MS + 60_000 }),
    query: () => ({
      code: '200000',
      data: [
        [OPEN_TIME_MS - HOUR_S * 1_000, 100, 120, 90, 110, 7],
        [OPEN_TIME_MS, 100, 120, 90, 111, 7],
      ],
    }),
  },
};

const phemexRow = (openTimeS: number, close: number) => [
  openTimeS,
  HOUR_S,
  ...[100, 100, 120, 90, close].map((price) => price * 1e8),
  7e8,
  700e8,
];

export const PHEMEX: ExchangeStub = {
  market: 'BTC/USDT',
  candles: /^\/exchange\/public\/md\/v2\/kline\?symbol=sBTCUSDT&resolution=3600&limit=5$/,
  answers: {
    products: () => ({
      code: 0,
      data: {
        currencies: [{ currency: 'BTC', valueScale: 8 }],
        products: [
          {
            symbol: 'sBTCUSDT',
            type: 'Spot',
            baseCurrency: 'BTC',
            quoteCurrency: 'USDT',
            priceScale: 8,
            ratioScale: 8,
            quoteTickSizeEv: 1_000_000,
            baseTickSizeEv: 100,
            quoteTickSize: '0.01 USDT',
            baseTickSize: '0.000001 BTC',
            status: 'Listed',
          },
        ],
      },
    }),
    kline: () => ({
      code: 0,
      data: { rows: [phemexRow(OPEN_TIME_S, 111), phemexRow(OPEN_TIME_S - HOUR_S, 110)] },
    }),
    all: () => ({
      error: null,
      result: [
        { symbol: 'sBTCUSDT', lastEp: 111e8, openEp: 100e8, timestamp: OPEN_TIME_MS * 1e6, turnoverEv: 0 },
      ],
    }),
  },
};

export const BITGET: ExchangeStub = {
  market: 'BTC/USDT',
  candles: /^\/api\/v2\/spot\/market\/candles\?symbol=BTCUSDT&granularity=1h&limit=2$/,
  answers: {
    symbols: () => ({
      code: '00000',
      data: [
        {
          symbol: 'BTCUSDT',
          baseCoin: 'BTC',
          quoteCoin: 'USDT',
          pricePrecision: '1',
          quantityPrecision: '6',
          status: 'online',
        },
      ],
    }),
    currencies: () => ({ code: '00000', data: [{ symbol: 'BTCUSDT', isBorrowable: true }] }),
    time: () => ({ code: '00000', data: { serverTime: String(OPEN_TIME_MS + 60_000) } }),
    candles: () => ({
      code: '00000',
      data: [texts(OPEN_TIME_MS - HOUR_S * 1_000, 110), texts(OPEN_TIME_MS, 111)],
    }),
    tickers: () => ({
      code: '00000',
      data: [{ symbol: 'BTCUSDT', lastPr: '111', open: '100', change24h: '0.11', ts: String(OPEN_TIME_MS) }],
    }),
  },
};
