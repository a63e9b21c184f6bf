import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Answer,
  type ExchangeState,
  exchangeInfo,
  klines,
  refusal,
  tickers,
  toId,
} from './binance-answers.ts';
import type { Fault, FaultRule } from './fault.ts';
import { FaultScript } from './fault-script.ts';
import { RequestLog, type SeenRequest } from './request-log.ts';
import { attachTickerStream, type TickerStream } from './ticker-stream.ts';
import { later, writeAnswer } from './write-answer.ts';

export interface ExchangeServerOptions {
  /** Unified symbols, or how many generated ones (`BTC/USDT`, `ETH/USDT`, then `T001/USDT` …). Default 20. */
  readonly symbols?: readonly string[] | number;
  /** Time every answer takes at least. Default 0. */
  readonly latencyMs?: number;
  /** The exchange's clock, epoch ms UTC. Default: the real one. */
  readonly now?: () => number;
  /** How often the stream tells every subscribed ticker. Default 1,000; `null`: only when told to. */
  readonly tickerIntervalMs?: number | null;
}

/** A running exchange that speaks the public part of Binance's spot REST and streams its tickers, on loopback. */
export interface ExchangeServer {
  readonly url: string;
  /** Unified symbols, in listing order. */
  readonly symbols: readonly string[];
  /** Requests since the start or the last `reset`, oldest first. */
  readonly requests: readonly SeenRequest[];
  readonly inFlight: number;
  readonly maxInFlight: number;
  readonly stream: TickerStream;
  /** Adds a fault; answers how to take it away again. */
  script(rule: FaultRule): () => void;
  /** Lists a symbol as not trading. */
  halt(symbol: string): void;
  /** Removes a symbol: requests for it fail with "Invalid symbol." */
  delist(symbol: string): void;
  /** Forgets faults and finished requests; symbols stay as they are. */
  reset(): void;
  /** Idempotent; cuts open connections. */
  close(): Promise<void>;
}

const MAJORS = ['BTC', 'ETH', 'SOL', 'BNB', 'XRP', 'ADA', 'DOGE', 'AVAX', 'LINK', 'DOT'] as const;

/** Starts a test exchange on a free loopback port. */
export async function startExchangeServer(options: ExchangeServerOptions = {}): Promise<ExchangeServer> {
  const { symbols: wanted = 20, latencyMs = 0, now = Date.now, tickerIntervalMs = 1_000 } = options;
  const symbols = typeof wanted === 'number' ? generateSymbols(wanted) : wanted;
  const listed = new Map(symbols.map((symbol) => [toId(symbol), symbol]));
  const halted = new Set<string>();
  const state: ExchangeState = { symbols: listed, halted, now };
  const script = new FaultScript();
  const log = new RequestLog();

  const server = createServer((request, response) => {
    const { path, query } = parseUrl(request);
    const symbol = symbolOf(query);
    log.begin({ path, symbol, query }, response);
    const fault = script.faultFor({ path, symbol });
    const startedAt = performance.now();
    const answer = answerTo(state, { path, query, fault }); // made within the latency, not after it
    const write = () => writeAnswer(response, answer, fault);
    if (latencyMs === 0) write();
    else later(response, Math.max(0, startedAt + latencyMs - performance.now()), write);
  });
  const stream = attachTickerStream(server, state, { intervalMs: tickerIntervalMs });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address

  function symbolOf(query: URLSearchParams): string | null {
    const id = query.get('symbol');
    return id === null ? null : (symbols.find((symbol) => toId(symbol) === id) ?? id);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    symbols,
    stream,
    get requests() {
      return log.requests;
    },
    get inFlight() {
      return log.inFlight;
    },
    get maxInFlight() {
      return log.maxInFlight;
    },
    script: (rule) => script.add(rule),
    halt: (symbol) => void halted.add(symbol),
    delist: (symbol) => void listed.delete(toId(symbol)),
    reset: () => {
      script.clear();
      log.reset();
      stream.reset();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        stream.cut(); // upgraded connections are no longer the server's
      }),
  };
}

/** Options for ccxt's `binance` constructor (`EXCHANGE_OPTIONS`) that lead it to a test exchange. */
export function exchangeOptionsFor(server: Pick<ExchangeServer, 'url'>): Record<string, unknown> {
  const ws = { spot: `${server.url.replace('http', 'ws')}/stream` };
  return { urls: { api: { public: `${server.url}/api/v3`, ws } } };
}

interface ParsedRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly fault: Fault | null;
}

function answerTo(state: ExchangeState, { path, query, fault }: ParsedRequest): Answer {
  switch (path) {
    case 'ping':
      return { status: 200, body: {} };
    case 'time':
      return { status: 200, body: { serverTime: state.now() } };
    case 'exchangeInfo':
      return exchangeInfo(state);
    case 'klines':
      return klines(state, query, fault);
    case '24hr':
      return tickers(state, query);
    default:
      return refusal(-1000, `unknown path ${path}`, 404);
  }
}

function parseUrl(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const url = new URL(request.url ?? '/', 'http://exchange');
  return { path: url.pathname.split('/').at(-1) ?? '', query: url.searchParams };
}

function generateSymbols(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${MAJORS[index] ?? `T${String(index).padStart(3, '0')}`}/USDT`,
  );
}
