import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type ExchangeState, tickerBodyOf } from './binance-answers.ts';

export interface PushedTicker {
  /** Default: the one the REST answers have. */
  readonly price?: number;
  /** Default: now. */
  readonly timestamp?: number;
}

/** The test exchange's WebSocket stream of tickers, Binance's `<symbol>@miniTicker`. */
export interface TickerStream {
  /** Unified symbols subscribed on each open socket, oldest socket first. */
  readonly subscriptions: readonly ReadonlySet<string>[];
  /** Sockets opened since the start or the last `reset`. */
  readonly opened: number;
  /** Tells the ticker of a symbol to whoever subscribed it. */
  push(symbol: string, ticker?: PushedTicker): void;
  /** Sends the text to every socket. */
  send(text: string): void;
  /** Ends every open socket without a word; new ones are let in. */
  cut(): void;
  /** Whether new sockets are refused with HTTP 503. */
  refuses: boolean;
}

export interface TickerStreamOptions {
  /** How often every subscribed ticker is told, the first time on subscription. `null`: only by `push`. */
  readonly intervalMs: number | null;
}

interface Request {
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly params: readonly string[];
  readonly id: number;
}

/** Lets a server take WebSockets; they end with it. */
export function attachTickerStream(
  server: Server,
  state: ExchangeState,
  { intervalMs }: TickerStreamOptions,
): TickerStream & { reset(): void } {
  const sockets = new Map<WebSocket, Set<string>>();
  const upgrades = new WebSocketServer({ noServer: true });
  let opened = 0;

  const stream = {
    refuses: false,
    get subscriptions() {
      return [...sockets.values()];
    },
    get opened() {
      return opened;
    },
    push: (symbol: string, ticker: PushedTicker = {}) => {
      const text = toMessage(symbol, state.now(), ticker);
      for (const [socket, symbols] of sockets) if (symbols.has(symbol)) socket.send(text);
    },
    send: (text: string) => {
      for (const socket of sockets.keys()) socket.send(text);
    },
    cut: () => {
      for (const socket of sockets.keys()) socket.terminate();
    },
    reset: () => {
      opened = 0;
      stream.refuses = false;
    },
  };

  server.on('upgrade', (request, connection, head) => {
    if (stream.refuses) connection.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    else upgrades.handleUpgrade(request, connection, head, welcome);
  });
  server.once('close', () => upgrades.close());
  return stream;

  function welcome(socket: WebSocket): void {
    opened += 1;
    sockets.set(socket, new Set());
    const tellAll = () => {
      for (const symbol of sockets.get(socket) ?? []) socket.send(toMessage(symbol, state.now()));
    };
    const timer = intervalMs === null ? null : setInterval(tellAll, intervalMs);
    socket.on('message', (data) => {
      answer(socket, JSON.parse(String(data)));
      if (timer) tellAll();
    });
    socket.once('close', () => {
      if (timer) clearInterval(timer);
      sockets.delete(socket);
    });
  }

  function answer(socket: WebSocket, { method, params, id }: Request): void {
    const symbols = sockets.get(socket);
    for (const name of params) {
      const symbol = state.symbols.get(name.split('@')[0]?.toUpperCase() ?? '');
      if (symbol === undefined) continue;
      if (method === 'SUBSCRIBE') symbols?.add(symbol);
      else symbols?.delete(symbol);
    }
    socket.send(JSON.stringify({ result: null, id }));
  }
}

function toMessage(symbol: string, now: number, { price, timestamp = now }: PushedTicker = {}): string {
  const body = tickerBodyOf(symbol, now);
  return JSON.stringify({
    e: '24hrMiniTicker',
    E: timestamp,
    s: body.symbol,
    c: price?.toFixed(8) ?? body.lastPrice,
    o: body.openPrice,
    h: body.highPrice,
    l: body.lowPrice,
    v: body.volume,
    q: body.quoteVolume,
  });
}
