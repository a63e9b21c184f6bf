/** What can be wrong with the rows of an otherwise fine candle answer. */
export const CANDLE_FAULTS = [
  'empty',
  /** Only the newest three. */
  'tooFew',
  /** The close of every tenth candle is the text NaN. */
  'nan',
  /** The close of every tenth candle is a word. */
  'strings',
  /** The low of every tenth candle is negative. */
  'negative',
  /** Every tenth candle comes twice. */
  'duplicated',
  /** Newest first. */
  'unordered',
  /** Three candles in the middle are missing. */
  'gap',
  /** Two more candles that open after now. */
  'future',
  /** The open candle is left out. */
  'noOpenCandle',
  /** The newest closed candle is left out. */
  'newestClosedMissing',
] as const;

export type CandleFault = (typeof CANDLE_FAULTS)[number];

/** What goes wrong with one answer. */
export type Fault =
  /** Answers rightly, so much later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Any error status: 429 and 418 with `retryAfterSeconds`, 403, 451, 500, 502, 503. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Sends headers, then a byte of the right answer every so often. */
  | { readonly kind: 'drip'; readonly intervalMs: number }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** A web page with status 200. */
  | { readonly kind: 'html' }
  /** The first half of the right answer, properly ended. */
  | { readonly kind: 'truncated' }
  /** A well-formed but endless body of so many bytes; default 100 MB. */
  | { readonly kind: 'huge'; readonly bytes?: number }
  /** JSON of another shape. */
  | { readonly kind: 'wrongType' }
  /** Binance's -1121 "Invalid symbol." */
  | { readonly kind: 'delisted' }
  /** Binance's answer during maintenance. */
  | { readonly kind: 'maintenance' }
  /** The rows of `klines` are damaged. */
  | { readonly kind: 'candles'; readonly fault: CandleFault }
  /** `klines` answers what was known so long ago: after a close the closed candle looks open, without a newer one. */
  | { readonly kind: 'lag'; readonly ms: number };

/** When a fault happens. The first rule that matches a request decides. */
export interface FaultRule {
  /** Last part of the path: `klines`, `24hr`, `exchangeInfo`, `time`, `ping`. Default: any. */
  readonly path?: string;
  /** Unified symbol of the request, `BTC/USDT`. Default: any. */
  readonly symbol?: string;
  /** How many requests it hits. Default: all. */
  readonly times?: number;
  /** Matching requests that go through unharmed before it begins. Default 0. */
  readonly after?: number;
  /** Chance of each request to be hit. Default 1. */
  readonly probability?: number;
  /** Seed of that chance. Default 1. */
  readonly seed?: number;
  readonly fault: Fault;
}
