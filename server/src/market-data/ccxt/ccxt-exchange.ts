/** A market as ccxt lists it; only what is read here. */
export interface CcxtMarket {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly spot?: boolean;
  readonly swap?: boolean;
  readonly linear?: boolean;
  readonly active?: boolean;
  /** All exchanges of the allow-list state precision as a step, not as a number of digits. */
  readonly precision: { readonly price?: number };
}

/** A ticker as ccxt parses it; absent fields are undefined. */
export interface CcxtTicker {
  readonly symbol: string;
  readonly timestamp?: number;
  readonly last?: number;
  readonly percentage?: number;
  readonly quoteVolume?: number;
}

/** A candle as ccxt parses it; unreadable fields are undefined. */
export type CcxtCandle = readonly (number | undefined)[];

/** What undici, which ccxt sends its requests with, answers. */
export interface UndiciResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: NodeJS.ReadableStream & { destroy(): void };
}

/** The transport part of a request as ccxt prepares it. */
export interface TransportRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly dispatcher?: unknown;
}

/** The part of fetch's Response that ccxt reads. */
export interface TransportResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: UndiciResponse['headers'];
  text(): Promise<string>;
}

interface Destroyable {
  destroy(): Promise<void>;
}

/** The part of a ccxt exchange this adapter uses. Its own type declarations are 40,000 lines and promise less. */
export interface CcxtExchange {
  readonly has: Readonly<Record<string, boolean | string | undefined>>;
  readonly timeframes: Readonly<Record<string, string | number>>;
  readonly undiciModule?: {
    request(url: string, request: TransportRequest): Promise<UndiciResponse>;
  };
  readonly fetchDispatcher?: Destroyable;
  loadMarkets(reload: boolean): Promise<Readonly<Record<string, CcxtMarket>>>;
  fetchTime(): Promise<number | undefined>;
  fetchOHLCV(symbol: string, timeframe: string, since?: number, limit?: number): Promise<CcxtCandle[]>;
  fetchTicker(symbol: string): Promise<CcxtTicker>;
  fetchTickers(
    symbols: readonly string[] | undefined,
    params?: object,
  ): Promise<Readonly<Record<string, CcxtTicker>>>;
  /** ccxt's clock, epoch ms UTC. */
  milliseconds: () => number;
  /** Sends one request; every request of an exchange passes here. */
  undiciRequest(url: string, request: TransportRequest): Promise<TransportResponse>;
  /** Looks at every answer before it is used; throws when it tells of an error. */
  handleErrors(...answer: HandledAnswer): unknown;
}

/** A WebSocket of ccxt.pro. `connection` is there once it dials. */
export interface CcxtClient {
  readonly connection?: { terminate(): void };
}

/** The part of a ccxt.pro exchange this adapter uses. */
export interface CcxtStream {
  readonly has: CcxtExchange['has'];
  /** The newest ticker of each symbol; every message replaces its symbols' tickers by new objects. */
  readonly tickers: Readonly<Record<string, CcxtTicker>>;
  /** Its open sockets by URL. */
  readonly clients: Readonly<Record<string, CcxtClient>>;
  /** Must have run before a `ws://` address is dialled. */
  loadHttpProxyAgent(): Promise<unknown>;
  setMarketsFromExchange(loaded: CcxtExchange): unknown;
  /** Subscribes; resolves with the first ticker. */
  watchTickers(symbols: readonly string[]): Promise<unknown>;
  /** The socket to a URL, made on first use. */
  client(url: string): CcxtClient;
  /** Sees every message. */
  handleMessage(client: CcxtClient, message: unknown): void;
  /** Sees a socket fail, before `onClose`. */
  onError(client: CcxtClient, error: unknown): void;
  onClose(client: CcxtClient, event: { readonly code?: number }): void;
  log(...words: unknown[]): void;
}

export type CcxtStreamClass = new (options: object) => CcxtStream;

/** Status, reason, URL, method, headers, body text, parsed body (undefined when unreadable), request headers, request body. */
export type HandledAnswer = [
  number,
  string,
  string,
  string,
  Record<string, string>,
  string,
  unknown,
  unknown,
  unknown,
];

export type CcxtExchangeClass = new (options: object) => CcxtExchange;
